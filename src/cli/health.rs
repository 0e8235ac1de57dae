//! `waymark health`: for containers, which have no other program to ask with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Failure, print};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Args)]
pub(super) struct Arguments {
    /// The address that the server listens on
    #[arg(long, env = "WAYMARK_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// Ask whether it is ready for requests, not only whether it lives
    #[arg(long)]
    ready: bool,
}

pub(super) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let address = reachable(arguments.listen);
    let path = if arguments.ready { "/ready" } else { "/health" };
    let answer = timeout(PATIENCE, ask(address, path)).await;
    let answer = answer.map_err(|_| format!("{address} does not answer within {} s", PATIENCE.as_secs()))?;
    let answer = answer.map_err(|error| format!("{address} can't be asked: {error}"))?;
    let words = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body.trim());
    match answer.split(' ').nth(1) {
        Some("200") => print(&format!("{words}\n")),
        _ => Err(format!("{address} says: {words}").into()),
    }
}

async fn ask(address: SocketAddr, path: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// Who listens on all addresses is asked on this machine's own.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let address = match listen.ip() {
        IpAddr::V4(address) if address.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(address) if address.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        address => address,
    };
    SocketAddr::new(address, listen.port())
}
