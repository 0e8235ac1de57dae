// The part of Waymark's schema that the bench asks for, with the same names.
export const typeDefs = /* GraphQL */ `
  type Query {
    topics(first: Int): TopicConnection!
  }

  type TopicConnection {
    nodes: [Topic!]!
  }

  type Topic {
    slug: String!
    title: String!
    summary: String!
    area: Area!
    steps: [Step!]!
  }

  type Area {
    slug: String!
    title: String!
  }

  type Step {
    topic: Topic!
    level: Proficiency!
    hours: Float!
    requires: [Requirement!]!
    coverage: [Coverage!]!
  }

  type Requirement {
    anyOf: [Step!]!
  }

  type Coverage {
    resource: Resource!
  }

  type Resource {
    slug: String!
    title: String!
  }

  enum Proficiency {
    AWARE
    WORKING
    PROFICIENT
    EXPERT
  }
`
