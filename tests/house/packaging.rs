//! What is promised of the packages: the unit, the image and the compose file.

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The settings of a unit: its lines without comments.
fn settings(text: &str) -> Vec<&str> {
    text.lines().filter(|line| !line.starts_with('#') && line.contains('=')).collect()
}

#[test]
fn the_unit_bounds_memory_and_tasks_and_is_watched() {
    let text = read("packaging/waymark.service");
    let settings = settings(&text);
    for setting in ["Type=notify", "NotifyAccess=main", "Restart=on-failure"] {
        assert!(settings.contains(&setting), "{setting}");
    }
    for name in ["MemoryMax=", "TasksMax=", "WatchdogSec=", "TimeoutStartSec=", "TimeoutStopSec="] {
        assert!(settings.iter().any(|setting| setting.starts_with(name)), "{name}");
    }
}

#[test]
fn the_image_opens_the_admin_port_to_nobody() {
    let text = read("Dockerfile");
    let text: String = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(!text.contains("ADMIN_LISTEN") && !text.contains("9000"), "{text}");
    assert!(text.contains("USER") || text.contains(":nonroot"), "it does not run as root");
    assert!(text.contains("HEALTHCHECK"));
}

#[test]
fn the_compose_file_takes_any_password_and_bounds_what_it_starts() {
    let text = read("compose.yaml");
    let lines = || text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    // A password is a variable of its own: put into an address, some would not be one.
    for line in lines().filter(|line| line.contains("${")) {
        let (_, value) = line.split_once(": ").unwrap();
        assert!(
            value.starts_with("${") && value.ends_with('}') && value.matches("${").count() == 1,
            "{line}"
        );
    }
    let count = |start: &str| lines().filter(|line| line.starts_with(start)).count();
    for setting in ["mem_limit:", "pids_limit:", "healthcheck:", "restart:"] {
        assert_eq!(count(setting), 2, "{setting} for each of both");
    }
    assert_eq!(lines().filter(|line| line.contains("ADMIN_LISTEN")).count(), 0);
}

/// Where systemd is installed it judges the unit itself; what is not on this machine is left out.
#[test]
fn systemd_finds_nothing_wrong_with_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let unit = folder.path().join("waymark.service");
    let text = read("packaging/waymark.service").replace("/usr/local/bin/waymark serve", "/bin/true");
    let text: Vec<_> = text.lines().filter(|line| !line.starts_with("Documentation=")).collect();
    std::fs::write(&unit, text.join("\n")).unwrap();
    let Ok(verified) = std::process::Command::new("systemd-analyze").arg("verify").arg(&unit).output() else {
        return;
    };
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}
