"""Python's gql: a query over HTTP, a query and a subscription over a WebSocket, by both of its libraries."""

import os

from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.websockets import WebsocketsTransport

ORIGIN = os.environ["WAYMARK_ORIGIN"]
SOCKET = ORIGIN.replace("http", "ws") + "/graphql/ws"

QUERY = gql('{ topic(slug: "go") { slug title } }')
FOLLOW = gql("subscription { catalogChanged(since: 0) { previousRevision } }")

http = Client(transport=AIOHTTPTransport(url=f"{ORIGIN}/graphql"), fetch_schema_from_transport=True)
assert http.execute(QUERY)["topic"]["slug"] == "go"

for transport in (WebsocketsTransport, AIOHTTPWebsocketsTransport):
    client = Client(transport=transport(url=SOCKET))
    assert client.execute(QUERY)["topic"]["slug"] == "go"
    client = Client(transport=transport(url=SOCKET))
    for event in client.subscribe(FOLLOW):
        assert event["catalogChanged"]["previousRevision"] == 0
        break
    client = Client(transport=transport(url=SOCKET))
    try:
        client.execute(gql("{ nothing }"))
    except TransportQueryError as error:
        assert error.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
    else:
        raise AssertionError("it was answered")
