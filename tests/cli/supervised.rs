//! What a service manager is told by a server that it has started (`sd_notify(3)`).

use std::os::unix::net::UnixDatagram;
use std::process::Stdio;
use std::time::Duration;

use super::serving::{address_in, read_until, stop};
use super::waymark;

/// The next message of a server.
fn heard(socket: &UnixDatagram) -> String {
    let mut message = [0; 256];
    let bytes = socket.recv(&mut message).expect("a message in time");
    String::from_utf8(message[..bytes].to_vec()).unwrap()
}

#[test]
fn a_service_manager_is_told_that_it_is_ready_that_it_lives_and_that_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_mins(2))).unwrap();
    let mut server = waymark(folder.path(), &["--listen", "127.0.0.1:0"])
        .env("NOTIFY_SOCKET", &path)
        .env("WATCHDOG_USEC", "200000")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    assert_eq!(heard(&socket), "READY=1\n", "before anything else");
    // It answers from then on: all that can fail has been done.
    let said = read_until(&mut std::io::BufReader::new(server.stdout.take().unwrap()), "Ctrl-C");
    assert!(std::net::TcpStream::connect(address_in(&said)).is_ok());
    for _ in 0..3 {
        assert_eq!(heard(&socket), "WATCHDOG=1\n");
    }
    stop(&server);
    while heard(&socket) != "STOPPING=1\n" {}
    assert!(server.wait().unwrap().success());
}

#[test]
fn a_server_that_can_not_start_does_not_say_that_it_is_ready() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_nonblocking(true).unwrap();
    std::fs::write(folder.path().join("bad.yaml"), "areas: 1").unwrap();
    let output = waymark(folder.path(), &["--listen", "127.0.0.1:0", "--catalog", "bad.yaml"])
        .env("NOTIFY_SOCKET", &path)
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(socket.recv(&mut [0; 16]).is_err());
}
