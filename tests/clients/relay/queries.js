// Read by Relay's compiler alone: the checks take what it makes of them.

graphql`
  query queriesTopicsQuery($count: Int!, $cursor: String) {
    ...queries_topics @arguments(count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment queries_topics on Query
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" })
  @refetchable(queryName: "queriesTopicsPageQuery") {
    topics(first: $count, after: $cursor) @connection(key: "queries_topics") {
      edges { node { id slug title area { id title } } }
    }
  }
`;

graphql`
  query queriesNodeQuery($id: ID!) { node(id: $id) { id ... on Topic { title } } }
`;
