# Waymark in an image of its binary alone: no shell, no package manager, not root.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /waymark
COPY . .
RUN cargo build --release --locked --bin waymark && mkdir /data

# glibc, its certificates and time zones, and nothing else.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /waymark/target/release/waymark /usr/local/bin/waymark
COPY --from=build --chown=nonroot:nonroot /data /data
# The address for those who run the server (WAYMARK_ADMIN_LISTEN) is not set: whoever wants its figures decides who reaches it.
ENV WAYMARK_LISTEN=0.0.0.0:8000 \
    WAYMARK_DATABASE=sqlite:///data/waymark.db
EXPOSE 8000
VOLUME /data
# There is no curl in here: the program asks itself.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/usr/local/bin/waymark", "health"]
ENTRYPOINT ["/usr/local/bin/waymark"]
CMD ["serve"]
