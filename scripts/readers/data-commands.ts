import vocabulary from '../../resources/data-commands.json' with { type: 'json' };
import { DEPLOYED, type Finding, type Reader } from './reader.ts';
import { type CommandLine, commandsOf, isCommandFile } from './support/command-lines.ts';
import { findingAt } from './support/place.ts';

const commands = vocabulary.commands.map((each) => ({ ...each, pattern: new RegExp(each.pattern, 'i') }));
const WANTED =
  /prisma|\bdb:|alembic|manage\.py|sqitch|knex|flask|typeorm|sequelize|flyway|liquibase|artisan|\bmix ecto|drizzle-kit|diesel|sqlx|dotnet ef|\bdrop (?:schema|database)|\.sql\b|PRAGMA|\bALTER |SET GLOBAL|CREATE EXTENSION|schema:sync/i;

export const dataCommands: Reader = {
  name: 'data-commands',
  reads:
    'commands that prepare a database, wherever they stand: migrations, schema loads, seeds, resets, settings and extensions',
  reach: DEPLOYED,
  source: true,
  matches: isCommandFile,
  read({ path, text }) {
    const findings = commandsOf(path, text, WANTED).flatMap(dataFindings);
    return findings.length > 0 ? { findings } : null;
  },
};

function dataFindings(command: CommandLine): Finding[] {
  const speaks = /^(?:echo|printf)$/.test(command.words[0]?.text ?? '');
  const text = `${command.text}${command.heredoc ? ` ${command.heredoc.text}` : ''}`;
  return commands.flatMap(({ kind, tool, pattern }) => {
    const found = pattern.exec(text)?.[0].trim();
    // What is only spoken runs nowhere; statements are spoken to the engine.
    if (found === undefined || (speaks && kind !== 'statement')) return [];
    return [findingAt(command.place, { surface: 'data', subject: tool, attribute: `data-${kind}`, value: found })];
  });
}
