import{c as e,n as t,r as n,s as r,sr as i,t as a}from"./libraries-DWvo__0V.js";var o=n(),s=`# A roadmap: from mid-level engineer to
# architect, for a Java engineer with six hours
# a week.
#
# It is the way with the fewest hours, and what
# matters early comes first. Run it with the
# pink button or Ctrl-Enter. The first day is a
# variable: change it below, or leave it out to
# begin today.
#
# The other tabs show more of the API.
# Ctrl-Space proposes what fits at the cursor,
# and the book on the left explains every field.
query Roadmap($startOn: Date) {
  roadmap(
    input: {
      # What the role \`from\` takes is assumed to
      # be known.
      from: "mid-level-backend-engineer"
      to: "backend-architect"
      # Where a role asks for one of several
      # topics, this says which one it is.
      skills: [
        { topic: "java", level: PROFICIENT }
        { topic: "spring-boot", level: WORKING }
        { topic: "postgresql", level: WORKING }
      ]
      prefer: ["java", "spring-boot"]
      hoursPerWeek: 6
      startOn: $startOn
    }
  ) {
    from {
      title
    }
    to {
      slug
      title
    }
    # No roadmap has fewer hours where
    # \`provenMinimal\` is true.
    hours
    provenMinimal
    schedule {
      startsOn
      finishesOn
      hoursPerWeek
    }
    # The roles on the way, and when each is
    # reached.
    milestones {
      title
      hours
      startsOn
      arrivesOn
    }
    # What to learn, in order: the first page of
    # it.
    steps(first: 20) {
      totalCount
      nodes {
        position
        step {
          topic {
            title
          }
          level
          hours
          outcome
        }
        startsOn
        finishesOn
        # Why it is here: which role asks for
        # it, and the steps that lead from this
        # one to what is asked for.
        reasons {
          role {
            title
          }
          chain {
            topic {
              title
            }
            level
          }
        }
        # What to learn it from; null where the
        # catalogue has nothing yet.
        coverage {
          resource {
            title
            kind
            url
          }
          section
          hours
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    # Where the roles offer alternatives: what
    # was taken, and how many hours more the
    # others would cost.
    choices {
      taken {
        topic {
          title
        }
        level
      }
      alternatives {
        step {
          topic {
            title
          }
        }
        extraHours
      }
    }
  }
}
`,c=`# What a roadmap takes for known, and how to
# correct it.
#
# Whoever holds a role is assumed to know what
# it takes: \`assumed\` lists these steps. Nobody
# knows all of them, so name in \`gaps\` what you
# don't, and it comes onto the roadmap. What you
# know beyond your role belongs in \`skills\`.
query WhatIsKnown {
  # Taken at its word.
  asAssumed: roadmap(
    input: {
      from: "mid-level-backend-engineer"
      to: "senior-backend-engineer"
      prefer: ["java", "spring-boot"]
    }
  ) {
    hours
    assumed {
      topic {
        title
      }
      level
    }
  }

  # The same engineer has never written a schema
  # migration, nor worked with Docker, but knows
  # message queues.
  corrected: roadmap(
    input: {
      from: "mid-level-backend-engineer"
      to: "senior-backend-engineer"
      skills: [
        { topic: "message-queues", level: WORKING }
      ]
      gaps: [
        { topic: "schema-migration", level: WORKING }
        { topic: "docker", level: WORKING }
      ]
      prefer: ["java", "spring-boot"]
    }
  ) {
    hours
    assumed {
      topic {
        title
      }
      level
    }
    steps(first: 10) {
      totalCount
      nodes {
        position
        step {
          topic {
            title
          }
          level
        }
      }
    }
  }
}
`,l=`# A search in topics, resources and roles, best
# match first.
#
# The last word may be unfinished. What is found
# is of different types: \`__typename\` says
# which, and each type has its own fields.
query Search($text: String!) {
  search(text: $text, first: 10) {
    totalCount
    nodes {
      __typename
      ... on Topic {
        slug
        title
        summary
      }
      ... on Resource {
        slug
        title
        kind
        authors
        url
      }
      ... on Role {
        slug
        title
      }
    }
  }
}
`,u=`# One topic with all that the catalogue knows of
# it: its levels, what each needs, what it
# opens, and what to learn it from.
#
# A topic at a level is a step, the unit of
# learning. Its hours are those of this level
# alone.
query Topic($slug: String!) {
  topic(slug: $slug) {
    title
    summary
    area {
      title
    }
    steps {
      level
      hours
      outcome
      # All of these are needed first. Of each,
      # any one step is enough.
      requires {
        anyOf {
          ...stepName
        }
      }
      # Good to have first, never forced.
      recommends {
        anyOf {
          ...stepName
        }
      }
      # What needs it in turn.
      unlocks {
        ...stepName
      }
      # How much hangs on it in the catalogue as
      # a whole.
      measures {
        blockingFactor
        delayFactor
        complexity
      }
    }
    resources(first: 10) {
      totalCount
      nodes {
        title
        kind
        url
        price
        quality
      }
    }
  }
}

fragment stepName on Step {
  topic {
    slug
  }
  level
}
`,d=`# The career ladder, from the first role up.
#
# A role asks for its own requirements and for
# those of every role below it (\`after\`). The
# weight of a requirement says how much it
# matters, from 1 to 3.
query CareerLadder {
  roles {
    slug
    title
    summary
    after {
      slug
    }
    next {
      slug
    }
    requires {
      weight
      # Any one of these is enough.
      anyOf {
        topic {
          slug
        }
        level
      }
    }
  }
}
`,f=`# The catalogue, page by page.
#
# A list that can grow comes in pages of up to
# 100. For the next page, put the \`endCursor\` of
# this one into the variable \`after\`, until
# \`hasNextPage\` is false.
query Browse(
  $area: String
  $first: Int
  $after: String
) {
  catalog {
    revision
    topicCount
    stepCount
    resourceCount
  }
  areas {
    slug
    title
    topics(first: 1) {
      totalCount
    }
  }
  topics(
    filter: { area: $area }
    first: $first
    after: $after
  ) {
    totalCount
    nodes {
      slug
      title
      steps {
        level
        hours
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,p=`# A roadmap with a last day and a holiday: what
# fits, and what is best left for later.
#
# Where not everything fits by \`finishBy\`, the
# steps that matter most are kept, and with each
# all that it needs. \`neededHoursPerWeek\` says
# how many hours a week would be enough for
# everything.
query Deadline($startOn: Date, $finishBy: Date) {
  roadmap(
    input: {
      from: "mid-level-backend-engineer"
      to: "senior-backend-engineer"
      prefer: ["java", "spring-boot"]
      hoursPerWeek: 6
      startOn: $startOn
      finishBy: $finishBy
      pauses: [
        { from: "2027-04-05", to: "2027-04-18" }
      ]
    }
  ) {
    hours
    schedule {
      fits
      finishBy
      finishesOn
      neededHoursPerWeek
      keptValue
      kept {
        ...planned
      }
      deferred {
        ...planned
      }
    }
  }
}

fragment planned on RoadmapStep {
  step {
    topic {
      title
    }
    level
    hours
  }
  weight
  finishesOn
}
`,m=`# What goes wrong is explained: these fail on
# purpose.
#
# Each error names its kind (\`extensions.code\`)
# and its place: the field (\`path\`) and the
# argument (\`extensions.argument\`). For a slug
# that does not exist it proposes the nearest
# one that does (\`extensions.didYouMean\`). The
# fields that did not fail are answered all the
# same.
query Errors {
  # There is no topic "kubernets".
  misspelt: roadmap(
    input: {
      to: "senior-backend-engineer"
      skills: [{ topic: "kubernets", level: WORKING }]
    }
  ) {
    hours
  }

  # Every architect needs system design: without
  # it there is no roadmap, and the error says
  # why.
  impossible: roadmap(
    input: {
      to: "backend-architect"
      avoid: ["system-design"]
    }
  ) {
    hours
  }

  # A look-up that finds nothing is no error,
  # just null.
  nothing: topic(slug: "kubernets") {
    title
  }

  # This one is fine.
  catalog {
    topicCount
  }
}
`,h=`# Follow the catalogue: each import, wherever
# it is made, is told within a second. Run this,
# and import a catalogue beside the server with
# \`waymark import PATH\`.
#
# A client that was away says by \`since\` which
# revision it knows, and so misses nothing.
subscription Follow {
  catalogChanged {
    previousRevision
    catalog {
      revision
      topicCount
      stepCount
      resourceCount
    }
  }
}
`,g=`# An account, to keep what you know and to follow
# roadmaps. One after the other: the second part
# signs in, and the browser keeps the session.
#
# Then \`saveRoadmap\`, \`recordSkills\`,
# \`completeStep\` and the others are yours: see
# docs/guide.md.
mutation SignIn {
  signUp(
    input: {
      email: "ada@example.org"
      password: "three plain words"
      name: "Ada"
    }
  ) {
    userErrors {
      field
      message
    }
  }
  signIn(
    input: {
      email: "ada@example.org"
      password: "three plain words"
    }
  ) {
    viewer {
      name
    }
    userErrors {
      message
    }
  }
}
`,_=`# What is yours, once you are signed in: what you
# know, your roadmaps, how far you are, what is
# next, and when you will be done.
#
# \`viewer\` is null as long as nobody has said who
# asks.
query MyRoadmaps {
  viewer {
    name
    skills(first: 100) {
      totalCount
      nodes {
        topic
        level
        source
      }
    }
    roadmaps {
      nodes {
        id
        title
        isOutdated
        progress {
          percentByHours
          percentByWeight
          hoursSpent
          hoursPlanned
          streakWeeks
        }
        next {
          topic
          level
          state
        }
        forecast {
          planned
          observed {
            p50
            p80
            p95
          }
        }
      }
    }
  }
}
`,v=`{
  "startOn": "2027-01-04"
}
`,y=`{
  "text": "distributed sys"
}
`,b=`{
  "slug": "api-design"
}
`,x=`{
  "area": "architecture",
  "first": 5,
  "after": null
}
`,S=`{
  "startOn": "2027-01-04",
  "finishBy": "2027-06-30"
}
`,C=Object.assign({"../examples/01-roadmap.graphql":s,"../examples/02-what-is-known.graphql":c,"../examples/03-search.graphql":l,"../examples/04-topic.graphql":u,"../examples/05-career-ladder.graphql":d,"../examples/06-browse.graphql":f,"../examples/07-deadline.graphql":p,"../examples/08-errors.graphql":m,"../examples/09-follow.graphql":h,"../examples/10-sign-in.graphql":g,"../examples/11-my-roadmaps.graphql":_}),w=Object.assign({"../examples/01-roadmap.json":v,"../examples/03-search.json":y,"../examples/04-topic.json":b,"../examples/06-browse.json":x,"../examples/07-deadline.json":S}),T=Object.keys(C).sort().map(e=>({query:C[e],variables:w[e.replace(/\.graphql$/,`.json`)]})),E=a({url:location.origin.replace(/^http/,`ws`)+`/graphql/ws`});function D(e,{headers:t}={}){let{operation:n,kind:r}=O(e);return r===`subscription`?E.iterate(n):k(n,t)}function O(t){try{let n=e(t.query),i=r(n,t.operationName);return i?{operation:t,kind:i.operation}:{operation:{...t,operationName:void 0},kind:r(n)?.operation}}catch{return{operation:t}}}async function k(e,t){let n=await fetch(`/graphql`,{method:`POST`,headers:{accept:`application/graphql-response+json, application/json;q=0.9`,"content-type":`application/json`,...t},body:JSON.stringify(e)});if(!n.headers.get(`content-type`)?.includes(`json`))throw Error(`${n.status} ${n.statusText}: ${await n.text()}`);return n.json()}var A=i(),j=localStorage.getItem(`graphiql:tabState`)===null;(0,o.createRoot)(document.getElementById(`page`)).render((0,A.jsx)(t,{fetcher:D,defaultTabs:T,initialVariables:j?T[0].variables:void 0,children:(0,A.jsx)(t.Logo,{children:`Waymark`})}));