//! Reminders as people get them: a mail server and a webhook stand in on this machine.

use super::push::signature;
use super::{Order, Reach, Secrets, plan, set_reach};
use crate::caller::Caller;
use crate::config::{Config, MailTls, WebhookSignature};
use crate::jobs::{self, Kind};
use crate::requests::tests::{reply, submission};
use crate::requests::{register, reply as replies};
use crate::testing::TestApp;
use crate::{App, AppError};
use gongkai_domain::access::Role;
use gongkai_domain::id::OrganId;
use gongkai_store::jobs as kept;
use gongkai_store::jobs::{Job, State};
use jiff::{SignedDuration, Timestamp};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::{header_exists, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// How the stand-in of a mail server behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Manner {
    /// Takes every mail.
    Kind,
    /// Not now (451) to who it is for.
    Busy,
    /// Knows nobody (550).
    Strange,
    /// Takes the mail and hangs up before it says so.
    Mute,
}

/// A mail server on this machine: what it took, and how it behaves.
#[derive(Clone)]
struct Server {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Server {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            taken: Arc::default(),
            manner: Arc::new(Mutex::new(Manner::Kind)),
        };
        let standing = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(standing.clone().talk(stream));
            }
        });
        server
    }

    fn behave(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    async fn talk(self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        let _ = writer.write_all(b"220 here\r\n").await;
        while let Ok(Some(line)) = lines.next_line().await {
            let manner = *self.manner.lock().unwrap();
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let answer: &[u8] = match (word.as_str(), manner) {
                ("RCPT", Manner::Busy) => b"451 later\r\n",
                ("RCPT", Manner::Strange) => b"550 nobody of this name\r\n",
                ("DATA", _) => b"354 go on\r\n",
                ("QUIT", _) => b"221 bye\r\n",
                _ => b"250 fine\r\n",
            };
            if writer.write_all(answer).await.is_err() {
                return;
            }
            if word == "DATA" {
                let mut mail = String::new();
                while let Ok(Some(line)) = lines.next_line().await {
                    if line == "." {
                        break;
                    }
                    mail += &line;
                    mail.push('\n');
                }
                self.taken.lock().unwrap().push(mail);
                if manner == Manner::Mute {
                    return;
                }
                let _ = writer.write_all(b"250 taken\r\n").await;
            }
        }
    }
}

/// What a mail says, however it was packed.
fn opened(mail: &str) -> String {
    use base64::Engine;
    let (head, body) = mail.split_once("\n\n").unwrap();
    let packed: String = body.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(packed);
    let text = bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok());
    format!("{head}\n\n{}", text.unwrap_or_else(|| body.to_owned()))
}

struct Office {
    test: TestApp,
    app: App,
    server: Server,
    clerk: Caller,
    leader: Caller,
}

fn county() -> OrganId {
    "county".parse().unwrap()
}

impl Office {
    /// An office with a clerk, and a leader who gave an address.
    async fn open() -> Self {
        let server = Server::open().await;
        let test = TestApp::set_up().await;
        let clerk = test.hire("clerk", Role::Clerk).await;
        let leader = test.hire("leader", Role::Leader).await;
        let mut config = Config::default();
        config.mail.host = "127.0.0.1".to_owned();
        config.mail.port = server.port;
        config.mail.tls = MailTls::None;
        config.mail.sender = "gongkai@county.example".to_owned();
        config.mail.timeout_seconds = 2;
        config.site.address = "https://county.example/".to_owned();
        let mut app = test.app.clone();
        app.config = Arc::new(config);
        let office = Self { test, app, server, clerk, leader };
        office.reach(&office.leader, "leader@county.example").await.unwrap();
        office
    }

    async fn reach(&self, caller: &Caller, address: &str) -> Result<(), AppError> {
        let reach = Reach { address: address.to_owned(), ..Reach::default() };
        set_reach(&self.app, caller, reach).await
    }

    /// Works until nothing is left that can be done now.
    async fn work(&self) {
        while jobs::work_one(&self.app).await.unwrap() {}
    }

    async fn jobs(&self, state: State) -> Vec<Job> {
        let mut reader = self.app.store.reader().await.unwrap();
        kept::list(&mut reader, state, Timestamp::UNIX_EPOCH, 100).await.unwrap()
    }

    fn forward_days(&self, days: i64) {
        self.app.clock.forward(SignedDuration::from_hours(24 * days));
    }

    async fn request(&self, wanted: &str) -> gongkai_domain::request::DisclosureRequest {
        let submission = submission(wanted, "13912345678");
        register::register(&self.app, &self.clerk, county(), submission).await.unwrap()
    }

    async fn proposed(&self) -> gongkai_domain::request::DisclosureRequest {
        let request = self.request("某保密规划").await;
        let given = reply("disclosed", Some("ogi-36-2"));
        replies::propose(&self.app, &self.clerk, &request.id, given).await.unwrap()
    }
}

#[tokio::test]
async fn a_digest_goes_out_once_a_working_day_and_names_nobody_and_nothing_asked_for() {
    let office = Office::open().await;
    let app = &office.app;
    let request = office.proposed().await;
    for _ in 0..3 {
        plan(app).await.unwrap();
        office.work().await;
    }
    let mails = office.server.taken();
    assert_eq!(mails.len(), 1, "who gave no address gets none: {mails:?}");
    let mail = opened(&mails[0]);
    assert!(mail.contains("leader@county.example"), "{mail}");
    assert!(mail.contains(&request.number) && mail.contains("批准答复"), "{mail}");
    assert!(mail.contains("https://county.example/work"), "{mail}");
    for hidden in ["王某某", "13912345678", "某保密规划", "某路一号"] {
        assert!(!mail.contains(hidden), "{hidden}: {mail}");
    }
    office.forward_days(5);
    plan(app).await.unwrap();
    office.work().await;
    assert_eq!(office.server.taken().len(), 1, "the eighth of March is a Saturday");
    office.forward_days(2);
    plan(app).await.unwrap();
    office.work().await;
    assert_eq!(office.server.taken().len(), 2, "and on Monday the next");
}

#[tokio::test]
async fn nothing_is_planned_before_the_hour_nor_without_a_setting() {
    let office = Office::open().await;
    office.proposed().await;
    let mut config = (*office.app.config).clone();
    config.mail.hour = 23;
    let mut app = office.app.clone();
    app.config = Arc::new(config);
    plan(&app).await.unwrap();
    assert!(office.jobs(State::Waiting).await.is_empty(), "too early");
    plan(&office.test.app).await.unwrap();
    assert!(office.jobs(State::Waiting).await.is_empty(), "neither mail nor webhook is on");
}

#[tokio::test]
async fn a_case_that_turns_red_is_told_at_once_and_once() {
    let office = Office::open().await;
    let app = &office.app;
    office.reach(&office.leader, "").await.unwrap();
    office.reach(&office.clerk, "clerk@county.example").await.unwrap();
    let request = office.request("某规划").await;
    plan(app).await.unwrap();
    office.work().await;
    let n_before = office.server.taken().len();
    office.forward_days(28);
    app.clock.forward(SignedDuration::from_hours(-6));
    plan(app).await.unwrap();
    office.work().await;
    assert_eq!(office.server.taken().len(), n_before, "on its last day it is not late");
    office.forward_days(1);
    for _ in 0..2 {
        plan(app).await.unwrap();
        office.work().await;
    }
    let mails: Vec<_> = office.server.taken().iter().skip(n_before).map(|m| opened(m)).collect();
    assert_eq!(mails.len(), 1, "before the hour of the digest: {mails:?}");
    assert!(mails[0].contains("逾期 1 件") && mails[0].contains(&request.number), "{}", mails[0]);
    office.forward_days(1);
    plan(app).await.unwrap();
    office.work().await;
    assert_eq!(office.server.taken().len(), n_before + 1, "what is red stays in the digest");
}

#[tokio::test]
async fn who_turned_it_off_or_gave_no_address_is_left_alone() {
    let office = Office::open().await;
    let app = &office.app;
    office.proposed().await;
    assert!(office.reach(&office.leader, "不是地址").await.is_err());
    let off =
        Reach { address: "leader@county.example".to_owned(), mail_off: true, ..Reach::default() };
    set_reach(app, &office.leader, off).await.unwrap();
    plan(app).await.unwrap();
    office.work().await;
    assert!(office.server.taken().is_empty());
    assert!(office.jobs(State::Failed).await.is_empty());
}

#[tokio::test]
async fn a_busy_server_is_asked_again_later_and_a_strange_address_is_given_up() {
    let office = Office::open().await;
    let app = &office.app;
    office.proposed().await;
    office.server.behave(Manner::Busy);
    plan(app).await.unwrap();
    office.work().await;
    let waiting = office.jobs(State::Waiting).await;
    assert!(waiting[0].last_error.contains("451"), "{waiting:?}");
    office.server.behave(Manner::Kind);
    app.clock.forward(SignedDuration::from_mins(2));
    office.work().await;
    assert_eq!(office.server.taken().len(), 1);
    office.forward_days(1);
    office.server.behave(Manner::Strange);
    plan(app).await.unwrap();
    office.work().await;
    let failed = office.jobs(State::Failed).await;
    assert!(failed[0].last_error.contains("550"), "{failed:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_fails_by_the_end_of_the_day_and_says_so() {
    let office = Office::open().await;
    let mut config = (*office.app.config).clone();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.mail.port = free.local_addr().unwrap().port();
    drop(free);
    let mut app = office.app.clone();
    app.config = Arc::new(config);
    office.proposed().await;
    plan(&app).await.unwrap();
    while jobs::work_one(&app).await.unwrap() {}
    assert_eq!(office.jobs(State::Waiting).await.len(), 1, "it is tried again");
    office.forward_days(1);
    while jobs::work_one(&app).await.unwrap() {}
    let failed = office.jobs(State::Failed).await;
    assert!(failed[0].last_error.contains("已经过期"), "{failed:?}");
    assert!(office.server.taken().is_empty());
}

#[tokio::test]
async fn after_a_crash_nobody_gets_a_digest_twice() {
    let office = Office::open().await;
    let app = &office.app;
    office.proposed().await;
    plan(app).await.unwrap();
    let job = jobs::take(app).await.unwrap().expect("a job waits");
    assert_eq!(Order::of(&job.subject).unwrap().person, office.leader.actor.person);
    let sent = super::attempt(app, Kind::RemindByMail, &job).await.unwrap();
    assert_eq!((sent, office.server.taken().len()), (jobs::Outcome::Done, 1));
    // The worker dies here, before it says that the job is done; its lease runs out.
    app.clock.forward(SignedDuration::from_mins(10));
    office.work().await;
    assert_eq!(office.server.taken().len(), 1, "at most once");
    let failed = office.jobs(State::Failed).await;
    assert!(failed[0].last_error.contains("不知道是否送达"), "{failed:?}");
    let mut transaction = app.store.begin().await.unwrap();
    kept::restart(&mut transaction, &failed[0].id, app.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    office.work().await;
    assert_eq!(office.server.taken().len(), 2, "a person asked for it again");
}

#[tokio::test]
async fn a_server_that_hangs_up_after_the_mail_is_not_asked_again() {
    let office = Office::open().await;
    office.proposed().await;
    office.server.behave(Manner::Mute);
    plan(&office.app).await.unwrap();
    office.work().await;
    let failed = office.jobs(State::Failed).await;
    assert!(failed[0].last_error.contains("不知道是否送达"), "{failed:?}");
    assert_eq!(office.server.taken().len(), 1);
}

/// An office whose reminders go to a webhook, with what the webhook answers.
async fn pushing(status: u16, secret: &str) -> (Office, App, MockServer) {
    let office = Office::open().await;
    let hook = MockServer::start().await;
    let answer = ResponseTemplate::new(status);
    let mock = Mock::given(method("POST")).and(header_exists("x-gongkai-signature"));
    mock.respond_with(answer).mount(&hook).await;
    let mut config = (*office.app.config).clone();
    config.mail.host = String::new();
    config.webhook.address = format!("{}/hook", hook.uri());
    config.webhook.signature = WebhookSignature::HmacSm3;
    let mut app = office.app.clone();
    app.config = Arc::new(config);
    app.reminder_secrets = Arc::new(Secrets { webhook: secret.to_owned(), ..Secrets::default() });
    (office, app, hook)
}

#[tokio::test]
async fn a_push_is_signed_and_names_nobody_who_asks() {
    let (office, app, hook) = pushing(200, "暗语").await;
    let request = office.proposed().await;
    for _ in 0..2 {
        plan(&app).await.unwrap();
        while jobs::work_one(&app).await.unwrap() {}
    }
    let came = hook.received_requests().await.unwrap();
    let told = |request: &wiremock::Request| request.body_json::<serde_json::Value>().unwrap();
    let to = |person: &Caller| {
        let id = person.actor.person.as_str();
        came.iter().filter(|each| told(each)["person"]["id"] == id).collect::<Vec<_>>()
    };
    let auditor = office.test.caller("auditor").await;
    assert!(to(&auditor).is_empty(), "who has nothing to do is not pushed");
    let came = to(&office.leader);
    assert_eq!(came.len(), 1, "once a day");
    let header = |name: &str| came[0].headers.get(name).unwrap().to_str().unwrap().to_owned();
    let body = String::from_utf8(came[0].body.clone()).unwrap();
    let signed = format!("{}.{}.{body}", header("x-gongkai-id"), header("x-gongkai-timestamp"));
    let expected = signature(WebhookSignature::HmacSm3, "暗语", &signed);
    assert_eq!(header("x-gongkai-signature"), expected);
    assert!(expected.starts_with("v1-sm3="));
    let told: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["cases"][0]["number"], request.number.as_str());
    assert_eq!(told["counts"]["waiting"], 1, "{body}");
    for hidden in ["王某某", "某保密规划", "13912345678"] {
        assert!(!body.contains(hidden), "{hidden}: {body}");
    }
}

#[tokio::test]
async fn a_push_that_is_refused_fails_and_one_that_cannot_be_taken_now_waits() {
    let (office, app, _hook) = pushing(403, "暗语").await;
    office.proposed().await;
    plan(&app).await.unwrap();
    while jobs::work_one(&app).await.unwrap() {}
    let failed = office.jobs(State::Failed).await;
    assert!(failed[0].last_error.contains("403"), "{failed:?}");
    let (office, app, _hook) = pushing(503, "暗语").await;
    office.proposed().await;
    plan(&app).await.unwrap();
    while jobs::work_one(&app).await.unwrap() {}
    assert!(office.jobs(State::Waiting).await[0].last_error.contains("503"));
    let (office, app, hook) = pushing(200, "").await;
    office.proposed().await;
    plan(&app).await.unwrap();
    while jobs::work_one(&app).await.unwrap() {}
    let waiting = office.jobs(State::Waiting).await;
    assert!(waiting[0].last_error.contains("GONGKAI_WEBHOOK_SECRET"), "{waiting:?}");
    assert!(hook.received_requests().await.unwrap().is_empty(), "nothing leaves unsigned");
}

#[test]
fn the_subject_of_a_job_says_of_what_which_day_and_whom() {
    for subject in ["digest/2025-03-03/p1", "red/2025-03-03/p1/2025-02-28"] {
        assert_eq!(Order::of(subject).unwrap().subject(), subject);
    }
    for other in ["", "digest/2025-03-03", "digest/no/p1", "red/2025-03-03/p1/x", "a/b/c"] {
        assert_eq!(Order::of(other), None, "{other}");
    }
}

#[test]
fn both_signatures_are_the_known_ones() {
    let text = "id.1.body";
    // Reckoned by another program (OpenSSL).
    let sha = "b18037ffef0abf25db7b8280299cb441\
        6285a0b2921c3abf416bb4c5067263bb";
    assert_eq!(signature(WebhookSignature::HmacSha256, "key", text), format!("v1={sha}"));
    let sm3 = "a08c5797eec7412f40d25951d5284cba\
        b13867e50d8e25c553d505635203a2ce";
    assert_eq!(signature(WebhookSignature::HmacSm3, "key", text), format!("v1-sm3={sm3}"));
}
