// The one way in: `node SKILL_DIR/scripts/parity.mjs COMMAND ...`, from any folder, with nothing to install beforehand.
// This file is written for the Node of years ago, so that an old one says so instead of failing on a line that it cannot read.
var OLDEST = [20, 11];
var version = process.versions.node.split('.').map(Number);

if (version[0] > OLDEST[0] || (version[0] === OLDEST[0] && version[1] >= OLDEST[1])) {
  import('./launcher/launch.mjs').then(
    (launcher) => launcher.launch(process.argv.slice(2)),
    (error) => fail(`the launcher is not whole (${error.code || error.name}); install the skill again`),
  );
} else {
  fail(
    `Node.js ${process.versions.node} is too old; install ${OLDEST.join('.')} or later, or follow resources/inspecting-by-hand.md`,
  );
}

function fail(message) {
  process.stderr.write(`parity: ${message}\n`);
  process.exitCode = 2;
}
