//! Items from draft to publication while the program is killed.

use crate::server::{Acknowledged, Server, rounds, taken};
use gongkai_domain::audit::Link;
use gongkai_testkit::app::{OWN, PASSWORD, TestApp, Wire, content_of};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// Signed in once: their sessions outlive the kills too.
#[derive(Clone)]
struct Cast {
    clerk: Wire,
    signers: Vec<Wire>,
}

impl Cast {
    fn moved_to(self, address: SocketAddr) -> Self {
        let signers = self.signers.into_iter().map(|signer| signer.moved_to(address));
        Self { clerk: self.clerk.moved_to(address), signers: signers.collect() }
    }
}

fn sign_in(address: SocketAddr) -> io::Result<Cast> {
    let person = |role: &str| {
        let mut wire = Wire::new(address);
        wire.sign_in(&format!("{OWN}-{role}"), PASSWORD).map(|()| wire)
    };
    let signers = ["reviewer", "secrecy", "leader"].into_iter().map(person);
    Ok(Cast { clerk: person("clerk")?, signers: signers.collect::<io::Result<_>>()? })
}

/// Items from draft to publication and to the next edition until the program is gone.
fn work(mut cast: Cast, writer: usize, tell: &Sender<Acknowledged>) -> io::Result<()> {
    for turn in 0.. {
        let title = format!("第 {writer}-{turn} 条");
        let fields = content_of(&title);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let at = taken(cast.clerk.post("/work/items/new", &fields))?;
        let id = at.rsplit('/').next().unwrap_or_default().to_owned();
        let done = |act| tell.send((id.clone(), act)).map_err(io::Error::other);
        done("item.draft")?;
        taken(cast.clerk.post(&format!("{at}/submission"), &[]))?;
        done("item.submit")?;
        for signer in &mut cast.signers {
            let digest = signer.get(&at)?.hidden("digest").pop().unwrap_or_default();
            let fields = [("opinion", "同意"), ("secrecy", "open"), ("digest", digest.as_str())];
            taken(signer.post(&format!("{at}/signature"), &fields))?;
            done("item.sign")?;
        }
        taken(cast.clerk.post(&format!("{at}/publication"), &[]))?;
        done("item.publish")?;
        taken(cast.clerk.post(&format!("{at}/edition"), &[]))?;
        done("item.reopen")?;
    }
    Ok(())
}

/// Two offices' worth of work until the program is killed after this time; what it acknowledged.
fn round(data: &Path, cast: &Cast, after: Duration) -> Vec<Acknowledged> {
    let server = Server::start(data);
    let (tell, told): (Sender<Acknowledged>, Receiver<Acknowledged>) = channel();
    let mut writers = Vec::new();
    for writer in 0..2 {
        let cast = cast.clone().moved_to(server.address);
        let tell = tell.clone();
        writers.push(thread::spawn(move || work(cast, writer, &tell)));
    }
    drop(tell);
    thread::sleep(after);
    server.kill();
    for writer in writers {
        let ended = writer.join().expect("a writer").expect_err("the program was killed");
        assert_ne!(ended.kind(), io::ErrorKind::Other, "an act was refused: {ended}");
    }
    told.into_iter().collect()
}

/// Every acknowledged act stands in the log, in its order; every item is what its last event says.
async fn look(data: &Path, acknowledged: &[Acknowledged]) {
    let kit = TestApp::in_directory(data).await;
    let log = kit.verified_log().await;
    let mut of_item: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &log {
        if let Some(id) = link.event.thing.strip_prefix("item/") {
            of_item.entry(id).or_default().push(link);
        }
    }
    let mut expected: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, act) in acknowledged {
        expected.entry(id).or_default().push(act);
    }
    for (id, acts) in expected {
        let logged: Vec<_> = of_item[id].iter().map(|link| link.event.act.as_str()).collect();
        assert_eq!(logged[..acts.len()], acts, "acknowledged and not in the log: {id}");
    }
    for (id, links) in &of_item {
        let id = id.parse().expect("an id");
        let mut reader = kit.app.store.reader().await.expect("a reader");
        let item =
            gongkai_testkit::app::item(&mut reader, &id).await.expect("the item is there").item;
        let kept = serde_json::to_string(&item).expect("JSON");
        let last = links.last().expect("an event of each item");
        assert_eq!(kept, last.event.after, "state and log part at {id}");
        assert_eq!(item.public.is_some(), item.index_number.is_some(), "half a publication: {id}");
    }
    let n_items = kit.rows().await["items"];
    assert_eq!(n_items, i64::try_from(of_item.len()).expect("few"), "an item without an event");
    kit.finish().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_outlives_a_kill_at_any_moment() {
    let rounds = rounds(30);
    let directory = tempfile::tempdir().expect("a temporary directory");
    TestApp::in_directory(directory.path()).await.finish().await;
    let server = Server::start(directory.path());
    let cast = sign_in(server.address).expect("everybody signs in");
    server.kill();
    let mut acknowledged = Vec::new();
    for number in 0..rounds {
        // From a moment that hits the first act to one that hits the middle of many.
        let after = Duration::from_millis(u64::try_from(5 + (number * 37) % 240).expect("small"));
        acknowledged.extend(round(directory.path(), &cast, after));
        look(directory.path(), &acknowledged).await;
    }
    assert!(rounds < acknowledged.len(), "so few acts that nothing was tried");
}
