// GraphQL Yoga on Node's own HTTP server: yoga.js PORT memory|sqlite FOLDER
import { createServer } from 'node:http'
import { createSchema, createYoga } from 'graphql-yoga'
import { typeDefs } from './schema.js'

const [port, backend, folder] = process.argv.slice(2)
const { resolvers, context } = (await import(`./${backend}.js`)).open(folder)
const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers }),
  context,
  logging: false,
  graphiql: false,
  landingPage: false
})
createServer(yoga).listen(Number(port), '127.0.0.1')
