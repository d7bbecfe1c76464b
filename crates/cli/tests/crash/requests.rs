//! Requests from the counter to the archive, with a numbered paper each, while the program is killed.

use crate::server::{Acknowledged, Server, rounds, taken};
use gongkai_app::requests::paper;
use gongkai_domain::access::Role;
use gongkai_domain::audit::Link;
use gongkai_domain::request::DisclosureRequest;
use gongkai_testkit::app::{OWN, PASSWORD, TestApp, Wire};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A round that gets nowhere ends.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(Clone)]
struct Cast {
    clerk: Wire,
    leader: Wire,
    today: String,
}

impl Cast {
    fn moved_to(self, address: SocketAddr) -> Self {
        let (clerk, leader) = (self.clerk.moved_to(address), self.leader.moved_to(address));
        Self { clerk, leader, ..self }
    }

    /// One request from the counter to the archive; each act is told once it was answered as done.
    fn serve_one(&mut self, title: &str, tell: &Sender<Acknowledged>) -> io::Result<()> {
        let today = self.today.clone();
        let form = self.clerk.get("/work/requests/new")?;
        let ticket = form.hidden("ticket").pop().unwrap_or_default();
        let filed = [
            ("ticket", ticket.as_str()),
            ("organ", OWN),
            ("channel", "counter"),
            ("arrived_on", &today),
            ("matter", "disclosure"),
            ("kind", "natural"),
            ("name", "王某某"),
            ("document", "其他证件"),
            ("document_number", title),
            ("telephone", "00013700000"),
            ("address", "某路一号"),
            ("wanted_name", title),
            ("form", "paper"),
            ("way", "post"),
        ];
        let scan = Some(("申请书.txt", title));
        let case = taken(self.clerk.post_parts("/work/requests/new", &filed, scan))?;
        let id = case.rsplit('/').next().unwrap_or_default().to_owned();
        let done = |act| tell.send((id.clone(), act)).map_err(io::Error::other);
        done("request.register")?;
        let reply = [
            ("step", "propose"),
            ("parts", "1"),
            ("ground-0", "disclosed|ogi-36-2"),
            ("says-0-content", "随本告知书提供"),
        ];
        taken(self.clerk.post(&format!("{case}/reply"), &reply))?;
        done("request.propose")?;
        taken(self.leader.post(&format!("{case}/acts/approve"), &[("comment", "同意")]))?;
        done("request.approve")?;
        let issue = [("notice", "reply"), ("blank-contact", "某办公室"), ("step", "issue")];
        taken(self.clerk.post(&format!("{case}/papers"), &issue))?;
        done("request.issue_paper")?;
        let served = [("way", "post"), ("on", today.as_str()), ("proof", "XA12345678901")];
        taken(self.clerk.post(&format!("{case}/acts/serve"), &served))?;
        done("request.serve")?;
        taken(self.clerk.post(&format!("{case}/acts/archive"), &[("file_number", "甲-1")]))?;
        done("request.archive")
    }
}

fn sign_in(address: SocketAddr, today: String) -> io::Result<Cast> {
    let person = |role: &str| {
        let mut wire = Wire::new(address);
        wire.sign_in(&format!("{OWN}-{role}"), PASSWORD).map(|()| wire)
    };
    Ok(Cast { clerk: person("clerk")?, leader: person("leader")?, today })
}

fn work(mut cast: Cast, name: &str, tell: &Sender<Acknowledged>) -> io::Result<()> {
    for turn in 0.. {
        cast.serve_one(&format!("某规划{name}-{turn}"), tell)?;
    }
    Ok(())
}

/// Two clerks at work until so many acts were acknowledged and a moment more went by; then the program
/// is killed. What it acknowledged.
fn round(data: &Path, cast: &Cast, number: usize) -> Vec<Acknowledged> {
    let server = Server::start(data);
    let (tell, told): (Sender<Acknowledged>, Receiver<Acknowledged>) = channel();
    let mut writers = Vec::new();
    for writer in 0..2 {
        let (cast, tell) = (cast.clone().moved_to(server.address), tell.clone());
        let name = format!("{number}-{writer}");
        writers.push(thread::spawn(move || work(cast, &name, &tell)));
    }
    drop(tell);
    let (until, wanted) = (Instant::now() + LONGEST, 1 + (number * 5) % 13);
    let mut acknowledged = Vec::new();
    while acknowledged.len() < wanted {
        match told.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(act) => acknowledged.push(act),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    thread::sleep(Duration::from_millis(u64::try_from((number * 37) % 90).expect("small")));
    server.kill();
    for writer in writers {
        let ended = writer.join().expect("a writer").expect_err("the program was killed");
        assert_ne!(ended.kind(), io::ErrorKind::Other, "an act was refused: {ended}");
    }
    acknowledged.extend(told);
    acknowledged
}

/// What of the log is about each request, and changed it.
fn by_request(log: &[Link]) -> BTreeMap<String, Vec<&Link>> {
    let mut found: BTreeMap<String, Vec<&Link>> = BTreeMap::new();
    for link in log.iter().filter(|link| link.event.act != "request.open_paper") {
        if let Some(id) = link.event.thing.strip_prefix("request/") {
            found.entry(id.to_owned()).or_default().push(link);
        }
    }
    found
}

/// The numbers of a series: each once, and none left out.
fn see_series<'a>(numbers: impl Iterator<Item = &'a str>) {
    let digits = |number: &str| -> usize {
        let tail: String = number.chars().rev().skip_while(|sign| !sign.is_ascii_digit()).collect();
        let tail: String = tail.chars().take_while(char::is_ascii_digit).collect();
        tail.chars().rev().collect::<String>().parse().expect("a number")
    };
    let mut all: Vec<usize> = numbers.map(digits).collect();
    all.sort_unstable();
    assert_eq!(all, (1..=all.len()).collect::<Vec<_>>(), "a number twice, or lost");
}

/// Every acknowledged act is in the log once and in its order; every request is what its last event
/// says; every paper is there, opens, and has a number of its own.
async fn look(data: &Path, acknowledged: &[Acknowledged]) {
    let kit = TestApp::in_directory(data).await;
    let log = kit.verified_log().await;
    let of_request = by_request(&log);
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, act) in acknowledged {
        expected.entry(id).or_default().push(act);
    }
    for (id, acts) in &expected {
        let logged: Vec<_> = of_request[*id].iter().map(|link| link.event.act.as_str()).collect();
        assert_eq!(logged[..acts.len()], *acts, "acknowledged and not in the log: {id}");
    }
    let requests = kit.requests().await;
    assert_eq!(requests.len(), of_request.len(), "a request without an event");
    let clerk = kit.caller(OWN, Role::Clerk);
    let mut last_paper = None;
    for request in &requests {
        let links = &of_request[request.id.as_str()];
        let acts: BTreeSet<&str> = links.iter().map(|link| link.event.act.as_str()).collect();
        assert_eq!(acts.len(), links.len(), "an act twice: {}", request.id);
        let state = links.iter().rfind(|link| link.event.after.starts_with('{'));
        let kept = serde_json::to_string(request).expect("JSON");
        assert_eq!(kept, state.expect("a state").event.after, "state and log part");
        let papers = paper::issued(&kit.app, &clerk, &request.id).await.expect("papers");
        assert_eq!(papers.len(), usize::from(acts.contains("request.issue_paper")));
        last_paper =
            papers.into_iter().next().map(|paper| (request.id.clone(), paper)).or(last_paper);
    }
    see_series(requests.iter().map(|request| request.number.as_str()));
    see_series(requests.iter().filter_map(document_number));
    if let Some((id, paper)) = last_paper {
        let opened = paper::open(&kit.app, &clerk, &id, &paper.id, paper::Format::Docx).await;
        assert!(opened.expect("it opens").1.starts_with(b"PK"));
    }
    kit.finish().await;
}

fn document_number(request: &DisclosureRequest) -> Option<&str> {
    use gongkai_domain::request::RequestState;
    if let RequestState::Approved(decision) = &request.state {
        return Some(&decision.document_number);
    }
    let closed = request.closings.last()?.decision.as_ref()?;
    Some(&closed.document_number)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replies_that_were_acknowledged_outlive_a_kill_once_and_with_their_numbers() {
    let rounds = rounds(8);
    let directory = tempfile::tempdir().expect("a temporary directory");
    let kit = TestApp::in_directory(directory.path()).await;
    let today = kit.app.clock.today().to_string();
    kit.finish().await;
    let server = Server::start(directory.path());
    let cast = sign_in(server.address, today).expect("everybody signs in");
    server.kill();
    let mut acknowledged = Vec::new();
    for number in 0..rounds {
        acknowledged.extend(round(directory.path(), &cast, number));
        look(directory.path(), &acknowledged).await;
    }
    assert!(rounds < acknowledged.len(), "so few acts that nothing was tried");
    let acts: BTreeSet<&str> = acknowledged.iter().map(|(_, act)| *act).collect();
    assert!(acts.contains("request.serve"), "no reply was served: {acts:?}");
}
