//! The program as it is started, killed and started again.

use gongkai_testkit::app::Answer;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Rounds of the long run; fewer where nothing is set.
const ROUNDS: &str = "GONGKAI_CRASH_ROUNDS";

/// How often the program is killed.
pub fn rounds(otherwise: usize) -> usize {
    std::env::var(ROUNDS).ok().map_or(otherwise, |text| text.parse().expect("a number"))
}

/// An act that the program answered as done: on which thing, and its key in the log.
pub type Acknowledged = (String, &'static str);

/// The program in a process of its own.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    pub fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("its output");
        let line = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split("http://").nth(1)?.trim_end_matches('/').parse().ok());
        Self { address: line.expect("it says where it listens"), child }
    }

    /// SIGKILL: nothing is flushed, nothing is finished.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }
}

/// Where a form that was taken leads; anything else ends the work, as when the program is gone.
pub fn taken(answer: io::Result<Answer>) -> io::Result<String> {
    let answer = answer?;
    match answer.class() {
        "done" => Ok(answer.header("location").to_owned()),
        _ => Err(io::Error::other(answer.text())),
    }
}
