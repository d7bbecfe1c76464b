//! A whole life of a request on line, with unusual words wherever personal data comes in.

use bytes::Bytes;
use gongkai_app::requests::paper::{self, Typed, Wanted};
use gongkai_app::requests::release::{self, Marks};
use gongkai_app::requests::{
    attached, close, draft, package, reply, reveal, served_papers, submit, supplement, track,
};
use gongkai_domain::access::Role;
use gongkai_domain::id::RequestId;
use gongkai_domain::outcome::{BasisKey, OutcomeKey};
use gongkai_domain::request::{
    Agent, Archiving, AskSupplement, Personal, ReceivedChannel, Served, ServiceWay, Submission,
};
use gongkai_testkit::app::{OWN, TestApp, simple_reply, submission};
use jiff::Span;

pub(crate) const NAME: &str = "慕容暗记";
pub(crate) const NUMBER: &str = "ZJ9076543217X";
pub(crate) const TELEPHONE: &str = "00013799887";
pub(crate) const ADDRESS: &str = "暗记胡同七号院";
pub(crate) const EMAIL: &str = "anji-7788@invalid.example";
pub(crate) const AGENT: &str = "令狐暗记";
const AGENT_NUMBER: &str = "DL5550001112";
const AGENT_TELEPHONE: &str = "00013711223";
const IN_A_FILE: &str = "附件暗记的话";
const IN_A_SUPPLEMENT: &str = "补正附件暗记的话";
const IN_A_SOURCE: &str = "原件暗记的话";
const TAKEN_OUT: &str = "遮盖暗记的话";
const TYPED: &str = "填写暗记的话";
const DRAFTED: &str = "草稿暗记的话";
const COMMENT: &str = "评价暗记的话";

/// Every word that may stand nowhere open.
pub(crate) const PLANTED: [&str; 15] = [
    NAME,
    NUMBER,
    TELEPHONE,
    ADDRESS,
    EMAIL,
    AGENT,
    AGENT_NUMBER,
    AGENT_TELEPHONE,
    IN_A_FILE,
    IN_A_SUPPLEMENT,
    IN_A_SOURCE,
    TAKEN_OUT,
    TYPED,
    DRAFTED,
    COMMENT,
];

/// What is wanted; it stands open, as everything does that is asked for.
pub(crate) const WANTED: &str = "某规划图第七版";

pub(crate) struct Lived {
    pub id: RequestId,
    pub code: String,
    /// The digests of all its files, as rows name them.
    pub files: Vec<String>,
    /// The issued paper.
    pub paper: String,
}

pub(crate) fn personal() -> Personal {
    Personal {
        name: NAME.to_owned(),
        document: "其他证件".to_owned(),
        document_number: NUMBER.to_owned(),
        telephone: TELEPHONE.to_owned(),
        address: ADDRESS.to_owned(),
        email: EMAIL.to_owned(),
        agent: Some(Agent {
            name: AGENT.to_owned(),
            document_number: AGENT_NUMBER.to_owned(),
            telephone: AGENT_TELEPHONE.to_owned(),
        }),
        ..Personal::default()
    }
}

fn file(name: &str, text: &str) -> Vec<(String, Bytes)> {
    vec![(name.to_owned(), Bytes::from(text.to_owned()))]
}

/// Asked on line with files, supplemented, answered with a file from which words were taken out, served
/// by a paper, judged, and closed.
pub(crate) async fn live(kit: &TestApp) -> Lived {
    let (app, clerk) = (&kit.app, kit.caller(OWN, Role::Clerk));
    draft::keep(app, None, DRAFTED).await.expect("a draft");
    let named = format!("{NAME}的证件{NUMBER}.txt");
    let files = attached::keep_all(app, file(&named, &format!("{IN_A_FILE}，{NAME}"))).await;
    let asked = Submission {
        channel: ReceivedChannel::Online,
        personal: personal(),
        files: files.expect("kept"),
        ..submission(WANTED, app.clock.today())
    };
    let organ = OWN.parse().expect("an id");
    let receipt = submit::submit(app, organ, asked, "", "192.0.2.7").await.expect("submitted");
    let (id, code) = (receipt.id, receipt.code);
    supplemented(kit, &id, &code).await;
    reveal::reveal(app, &clerk, &id, "制作告知书").await.expect("a look");
    let product = ready(kit, &id).await;
    let reply = simple_reply(OutcomeKey::DISCLOSED, BasisKey::of("ogi-36-2"));
    let given = gongkai_domain::request::Reply { files: vec![product], ..reply };
    reply::propose(app, &clerk, &id, given).await.expect("proposed");
    let leader = kit.caller(OWN, Role::Leader);
    reply::approve(app, &leader, &id, "同意".to_owned(), None).await.expect("approved");
    let typed = Typed::from([
        ("contact".to_owned(), "办公室".to_owned()),
        ("finding".to_owned(), TYPED.to_owned()),
    ]);
    let wanted = Wanted { notice: paper::REPLY.to_owned(), concerning: None, typed };
    let issued = paper::issue(app, &clerk, &id, &wanted, None).await.expect("issued");
    let way = ServiceWay::Net { confirmation: "系统回执".to_owned() };
    let served = Served { on: app.clock.today(), way };
    reply::serve(app, &clerk, &id, served).await.expect("served");
    let known = (code.as_str(), TELEPHONE);
    track::rate(app, known, "192.0.2.7", 5, COMMENT).await.expect("judged");
    let digest = issued.pdf.clone().unwrap_or_else(|| issued.docx.clone());
    served_papers::open(app, known, &digest, "192.0.2.7").await.expect("the paper");
    let tracked = track::track(app, &code, TELEPHONE).await.expect("followed");
    let mut files: Vec<String> = tracked.files.iter().map(|file| file.digest.clone()).collect();
    files.extend(tracked.request.files.iter().map(|file| file.digest.clone()));
    files.extend([Some(issued.docx.clone()), issued.pdf.clone()].into_iter().flatten());
    Lived { id, code, files, paper: issued.id }
}

async fn supplemented(kit: &TestApp, id: &RequestId, code: &str) {
    let (app, clerk) = (&kit.app, kit.caller(OWN, Role::Clerk));
    let today = app.clock.today();
    let ask = AskSupplement {
        on: today,
        items: vec!["请写明年份".to_owned()],
        guidance: "例如哪一年".to_owned(),
        until: today.saturating_add(Span::new().days(14)),
    };
    supplement::ask(app, &clerk, id, ask).await.expect("asked");
    let named = format!("补正{TELEPHONE}.txt");
    let files = attached::keep_all(app, file(&named, IN_A_SUPPLEMENT)).await.expect("kept");
    let known = (code, TELEPHONE);
    let text = "上一年".to_owned();
    track::supplement(app, known, "192.0.2.7", text, files).await.expect("supplemented");
}

/// A file from which words were taken out.
async fn ready(kit: &TestApp, id: &RequestId) -> gongkai_domain::request::RequestFile {
    let (app, clerk) = (&kit.app, kit.caller(OWN, Role::Clerk));
    let source = Bytes::from(format!("验收意见：{TAKEN_OUT}，合格。{IN_A_SOURCE}。"));
    let brought = release::bring(app, &clerk, id, "意见.txt", source).await.expect("brought");
    let words = vec![TAKEN_OUT.to_owned(), IN_A_SOURCE.to_owned()];
    let marks = Marks { words, ..Marks::default() };
    let made =
        release::redact(app, &clerk, id, &brought.id, marks, Vec::new()).await.expect("made ready");
    let read = release::all(app, &clerk, id).await.expect("read");
    assert_eq!(read[0].words, [TAKEN_OUT, IN_A_SOURCE], "what was sealed is read again");
    assert!(release::report(&read[0]).expect("read").is_some_and(|report| report.met[0].1 == 1));
    made.product.expect("a product")
}

/// The case goes to the archive, and its package is taken.
pub(crate) async fn archive(kit: &TestApp, id: &RequestId) -> Bytes {
    let (app, clerk) = (&kit.app, kit.caller(OWN, Role::Clerk));
    let archiving = Archiving { file_number: "甲-1".to_owned() };
    close::archive(app, &clerk, id, archiving).await.expect("archived");
    package::package(app, &clerk, id).await.expect("a package").bytes
}
