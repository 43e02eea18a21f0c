import { expect, test } from 'vitest';
import { factsOf } from '../support/facts-of.ts';

test('resources, variables, local values and modules, by the environment of the folder', () => {
  expect(factsOf('readers/terraform-json', 'terraform-json')).toEqual([
    'config MAIL_MODE value=smtp @production [mailer] production/main.tf.json:13',
    'config TABLE value=null @production [mailer] production/main.tf.json:13',
    'config local.log_level value=info @production production/main.tf.json:7',
    'config module.cache.node_type value=cache.t3.micro @production production/main.tf.json:16',
    'config var.password value=null @production production/main.tf.json:5',
    'config var.size value=db.t3.large @production production/main.tf.json:4',
    'runtime node version=20.x @production [mailer] production/main.tf.json:13',
    'runtime terraform version=>= 1.6 @production production/main.tf.json:2',
    'runtime terraform-provider-aws version=~> 5.40 @production production/main.tf.json:2',
    'services postgresql engine=postgres @production [shop] production/main.tf.json:10',
    'services postgresql engine=postgres @staging [shop] staging/main.tf.json:1',
    'services postgresql multi-az=true @production [shop] production/main.tf.json:10',
    'services postgresql size=${var.size} @production [shop] production/main.tf.json:10',
    'services postgresql version=15.4 @production [shop] production/main.tf.json:10',
    'services postgresql version=14.9 @staging [shop] staging/main.tf.json:1',
  ]);
});
