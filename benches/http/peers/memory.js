// The data as linked objects: nothing is looked up while a query runs, and the engine's default resolvers do.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export function open(folder) {
  const tables = JSON.parse(readFileSync(join(folder, 'data.json'), 'utf8'))
  const { areas, topics, steps, requirements, alternatives, resources, coverages } = tables
  for (const topic of topics) Object.assign(topic, { area: areas[topic.area_id], steps: [] })
  for (const step of steps) {
    Object.assign(step, { topic: topics[step.topic_id], requires: [], coverage: [] })
    step.topic.steps.push(step)
  }
  for (const requirement of requirements) {
    requirement.anyOf = []
    steps[requirement.step_id].requires.push(requirement)
  }
  for (const { requirement_id, step_id } of alternatives) requirements[requirement_id].anyOf.push(steps[step_id])
  for (const coverage of coverages) {
    coverage.resource = resources[coverage.resource_id]
    steps[coverage.step_id].coverage.push(coverage)
  }
  const resolvers = { Query: { topics: (_, { first }) => ({ nodes: topics.slice(0, first) }) } }
  return { resolvers, context: () => ({}) }
}
