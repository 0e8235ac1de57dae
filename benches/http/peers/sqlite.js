// The data in SQLite, read through data loaders: one statement for each kind of thing at each level of the query.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import DataLoader from 'dataloader'

export function open(folder) {
  const db = new Database(join(folder, 'data.db'), { readonly: true })
  const firstTopics = db.prepare('SELECT * FROM topics ORDER BY id LIMIT ?')
  const batches = {
    area: one(db, 'SELECT * FROM areas WHERE id IN (SELECT value FROM json_each(?))'),
    topic: one(db, 'SELECT * FROM topics WHERE id IN (SELECT value FROM json_each(?))'),
    resource: one(db, 'SELECT * FROM resources WHERE id IN (SELECT value FROM json_each(?))'),
    steps: many(db, 'topic_id', 'SELECT * FROM steps WHERE topic_id IN (SELECT value FROM json_each(?)) ORDER BY id'),
    requires: many(
      db,
      'step_id',
      'SELECT * FROM requirements WHERE step_id IN (SELECT value FROM json_each(?)) ORDER BY id'
    ),
    anyOf: many(
      db,
      'requirement_id',
      `SELECT alternatives.requirement_id, steps.* FROM alternatives JOIN steps ON steps.id = alternatives.step_id
       WHERE requirement_id IN (SELECT value FROM json_each(?)) ORDER BY alternatives.id`
    ),
    coverage: many(
      db,
      'step_id',
      'SELECT * FROM coverages WHERE step_id IN (SELECT value FROM json_each(?)) ORDER BY id'
    )
  }
  const resolvers = {
    Query: { topics: (_, { first }) => ({ nodes: firstTopics.all(first) }) },
    Topic: {
      area: (topic, _, { load }) => load.area.load(topic.area_id),
      steps: (topic, _, { load }) => load.steps.load(topic.id)
    },
    Step: {
      topic: (step, _, { load }) => load.topic.load(step.topic_id),
      requires: (step, _, { load }) => load.requires.load(step.id),
      coverage: (step, _, { load }) => load.coverage.load(step.id)
    },
    Requirement: { anyOf: (requirement, _, { load }) => load.anyOf.load(requirement.id) },
    Coverage: { resource: (coverage, _, { load }) => load.resource.load(coverage.resource_id) }
  }
  // Loaders remember what they gave: each request has its own.
  const context = () => ({
    load: Object.fromEntries(Object.entries(batches).map(([name, batch]) => [name, new DataLoader(batch)]))
  })
  return { resolvers, context }
}

function one(db, sql) {
  const statement = db.prepare(sql)
  return async (ids) => {
    const rows = new Map(statement.all(JSON.stringify(ids)).map((row) => [row.id, row]))
    return ids.map((id) => rows.get(id))
  }
}

function many(db, key, sql) {
  const statement = db.prepare(sql)
  return async (ids) => {
    const groups = new Map(ids.map((id) => [id, []]))
    for (const row of statement.all(JSON.stringify(ids))) groups.get(row[key]).push(row)
    return ids.map((id) => groups.get(id))
  }
}
