//! Disclosure requests in the workplace, as people meet them page by page.

use bytes::Bytes;
use gongkai_app::requests::paper::{self, Format, Typed, Wanted};
use gongkai_domain::access::Role;
use gongkai_domain::request::{ReceivedChannel, StateKey};
use gongkai_testkit::app::{Answer, Client, OWN, PERSONAL_MARK, SEAL, TestApp, Visitor};
use http::{Method, header};

async fn signed(kit: &TestApp, role: Role) -> Client {
    kit.visited_by(Visitor::Own(role)).await
}

/// Sends a form with a text file, the way browsers do.
async fn in_parts(
    client: &mut Client,
    address: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    with_bytes(client, address, fields, file.map(|(name, text)| (name, text.as_bytes()))).await
}

/// Sends a form with a file, the way browsers do.
async fn with_bytes(
    client: &mut Client,
    address: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    with_files(client, address, fields, file.as_slice()).await
}

/// The same with any number of files.
async fn with_files(
    client: &mut Client,
    address: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Answer {
    const EDGE: &str = "----part";
    let token = client.form_token.clone();
    let mut body = Vec::new();
    for (name, value) in [("form_token", token.as_str())].iter().chain(fields) {
        let part = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.into_bytes());
    }
    for (name, content) in files {
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend_from_slice(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{EDGE}--\r\n").into_bytes());
    let request = client
        .request(Method::POST, address)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Bytes::from(body));
    client.send(request.expect("a request")).await
}

/// The ticket of a form; each test has an installation of its own.
const TICKET: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// What a clerk writes down of a letter.
fn letter(today: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("organ", OWN),
        ("channel", "ordinary_post"),
        ("arrived_on", today),
        ("matter", "disclosure"),
        ("kind", "natural"),
        ("name", "王某某"),
        ("document", "其他证件"),
        ("document_number", "示范0001"),
        ("telephone", "00013700000"),
        ("address", "某路 1 号"),
        ("wanted_name", "某市场改造计划"),
        ("form", "paper"),
        ("way", "post"),
        ("ticket", TICKET),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

fn borrowed<'a>(fields: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn done(client: &mut Client, address: &str, fields: &[(&str, &str)]) {
    let answer = client.post(address, fields).await;
    assert_eq!(answer.class(), "done", "{address}: {}", answer.text());
}

#[tokio::test]
async fn a_letter_is_registered_confirmed_supplemented_answered_approved_and_posted() {
    let kit = TestApp::new().await;
    let today = kit.app.clock.today().to_string();
    let (mut clerk, mut leader) =
        (signed(&kit, Role::Clerk).await, signed(&kit, Role::Leader).await);
    let scan = Some(("申请书.txt", "申请公开某市场改造计划"));
    let made = in_parts(&mut clerk, "/work/requests/new", &borrowed(&letter(&today)), scan).await;
    assert_eq!(made.class(), "done", "{}", made.text());
    let case = made.header("location").to_owned();
    let page = clerk.get(&case).await;
    assert!(page.holds("待确认") && page.holds("申请书.txt") && page.holds("王＊＊"));
    assert!(!page.holds("王某某") && !page.holds("00013700000"), "nobody asked to look yet");
    let how = [("on", today.as_str()), ("how", "电话确认")];
    done(&mut clerk, &format!("{case}/acts/confirm_receipt"), &how).await;
    let until = kit.app.clock.today().saturating_add(jiff::Span::new().days(14)).to_string();
    let ask = [
        ("on", today.as_str()),
        ("items", "写明年份\n写明项目"),
        ("guidance", "例如某年"),
        ("until", &until),
    ];
    done(&mut clerk, &format!("{case}/acts/ask_supplement"), &ask).await;
    assert!(clerk.get(&case).await.holds("待补正"));
    let address = format!("{case}/acts/receive_supplement");
    assert!(clerk.get(&address).await.holds("multipart/form-data"), "files can be chosen");
    let nothing = in_parts(&mut clerk, &address, &[("on", &today), ("text", " ")], None).await;
    assert!(nothing.class() == "invalid" && nothing.holds("附上材料"), "{}", nothing.text());
    let program = Some(("补正.exe", "MZ"));
    let wrong = in_parts(&mut clerk, &address, &[("on", &today), ("text", "留着")], program).await;
    assert!(wrong.class() == "invalid" && wrong.holds("留着"), "{}", wrong.text());
    let scan = Some(("补正说明.txt", "去年的某项目"));
    let came = in_parts(&mut clerk, &address, &[("on", &today), ("text", "")], scan).await;
    assert_eq!(came.class(), "done", "{}", came.text());
    assert!(clerk.get(&case).await.holds("补正说明.txt"));
    let twice = in_parts(&mut clerk, &address, &[("on", &today), ("text", "x")], scan).await;
    assert_eq!(twice.class(), "invalid", "a request is supplemented once: {}", twice.text());
    let reply = [
        ("step", "propose"),
        ("parts", "1"),
        ("ground-0", "disclosed|ogi-36-2"),
        ("says-0-content", "随本告知书提供"),
    ];
    done(&mut clerk, &format!("{case}/reply"), &reply).await;
    assert!(leader.get("/work").await.holds("批准答复"), "it waits on the leader's first page");
    done(&mut leader, &format!("{case}/acts/approve"), &[("comment", "同意")]).await;
    let served = [("way", "post"), ("on", today.as_str()), ("proof", "XA12345678901")];
    done(&mut clerk, &format!("{case}/acts/serve"), &served).await;
    let page = clerk.get(&case).await;
    assert!(
        page.holds("已办结") && page.holds("予以公开") && page.holds("邮政寄送"),
        "{}",
        page.text()
    );
    assert_eq!(page.dangers(), [] as [&str; 0]);
    done(&mut clerk, &format!("{case}/acts/archive"), &[("file_number", "示范-1")]).await;
    assert!(clerk.get("/work/requests?state=archived").await.holds("某市场改造计划"));
    kit.finish().await;
}

#[tokio::test]
async fn a_refused_act_says_why_beside_the_form_and_keeps_what_was_typed() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Approved).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let today = kit.app.clock.today().to_string();
    let address = format!("/work/requests/{id}/acts/serve");
    let wrong = clerk.post(&address, &[("way", "post"), ("on", &today), ("proof", "某快递")]).await;
    assert_eq!(wrong.class(), "invalid");
    assert!(wrong.holds("邮政") && wrong.holds("value=\"某快递\""), "{}", wrong.text());
    let no_day =
        clerk.post(&address, &[("way", "counter"), ("on", "明天"), ("proof", "本人")]).await;
    assert!(no_day.class() == "invalid" && no_day.holds("明天") && no_day.holds("value=\"本人\""));
    kit.finish().await;
}

#[tokio::test]
async fn an_impossible_act_has_no_form_and_says_the_reason_with_its_article() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Closed).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let page = clerk.get(&format!("/work/requests/{id}/acts/ask_supplement")).await;
    assert!(page.holds("现在不能办理") && !page.holds("<textarea"), "{}", page.text());
    let case = clerk.get(&format!("/work/requests/{id}")).await;
    assert!(case.holds("<s>告知补正</s>") && case.holds("/acts/reopen"));
    kit.finish().await;
}

#[tokio::test]
async fn who_asks_is_shown_for_a_reason_only_and_the_look_is_logged() {
    let kit = TestApp::new().await;
    let id = kit.request("某规划").await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let case = format!("/work/requests/{id}");
    for address in [case.as_str(), "/work/requests", "/work/requests.csv", "/work"] {
        assert!(!clerk.get(address).await.holds(PERSONAL_MARK), "{address}");
    }
    let without = clerk.post(&format!("{case}/personal"), &[("text", " ")]).await;
    assert!(without.class() == "invalid" && !without.holds(PERSONAL_MARK));
    let shown = clerk.post(&format!("{case}/personal"), &[("text", "电话联系申请人")]).await;
    assert!(shown.holds(PERSONAL_MARK) && shown.header("cache-control").contains("no-store"));
    let log = kit.verified_log().await;
    let looks = log.iter().filter(|link| link.event.act == "request.reveal");
    assert_eq!(
        looks.map(|link| link.event.reason.as_str()).collect::<Vec<_>>(),
        ["电话联系申请人"]
    );
    let found =
        clerk.post("/work/requests/by-name", &[("name", &format!("王{PERSONAL_MARK}"))]).await;
    assert!(found.holds("某规划"), "the whole name finds it");
    assert!(!clerk.post("/work/requests/by-name", &[("name", "王")]).await.holds("某规划"));
    kit.finish().await;
}

#[tokio::test]
async fn a_paper_is_read_issued_and_issued_again_and_both_are_kept() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::AwaitingSupplement).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let papers = format!("/work/requests/{id}/papers");
    let draft = clerk.get(&format!("{papers}?notice=supplement_notice")).await;
    assert!(draft.holds("联系方式") && !draft.holds(PERSONAL_MARK), "{}", draft.text());
    let form = |contact: &'static str, step: &'static str| {
        [("notice", "supplement_notice"), ("blank-contact", contact), ("step", step)]
    };
    let read = clerk.post(&papers, &form("某办公室，电话：0000-1", "preview")).await;
    assert!(
        read.class() == "ok" && read.holds("补正下列事项") && read.holds("0000-1"),
        "{}",
        read.text()
    );
    let empty = clerk.post(&papers, &form("", "issue")).await;
    assert_eq!(empty.class(), "invalid", "{}", empty.text());
    done(&mut clerk, &papers, &form("某办公室，电话：0000-1", "issue")).await;
    let twice = clerk.post(&papers, &form("某办公室，电话：0000-1", "issue")).await;
    assert!(twice.class() == "invalid" && twice.holds("重新印发"), "{}", twice.text());
    let again = clerk.get(&format!("{papers}?notice=supplement_notice")).await;
    let replaces = again.hidden("replaces").pop().expect("it stands in for the first");
    let mut fields = form("某办公室，电话：0000-2", "issue").to_vec();
    fields.push(("replaces", &replaces));
    done(&mut clerk, &papers, &fields).await;
    let case = clerk.get(&format!("/work/requests/{id}")).await;
    assert!(case.holds("已由重新印发的一份代替"));
    assert_eq!(case.text().matches("依申请告〔2025〕1号").count(), 2, "one number, two issues");
    let word = clerk.get(&format!("{papers}/{replaces}/docx")).await;
    assert!(word.class() == "ok" && word.body.starts_with(b"PK"));
    kit.finish().await;
}

#[tokio::test]
async fn a_reply_is_not_issued_before_it_is_approved() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::InReview).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let papers = format!("/work/requests/{id}/papers");
    let issue = [("notice", "reply"), ("blank-contact", "某办公室"), ("step", "issue")];
    let early = clerk.post(&papers, &issue).await;
    assert!(early.class() == "invalid" && early.holds("还没有批准"), "{}", early.text());
    let mut leader = signed(&kit, Role::Leader).await;
    done(&mut leader, &format!("/work/requests/{id}/acts/approve"), &[("comment", "同意")]).await;
    let read = clerk.post(&papers, &[("notice", "reply"), ("blank-contact", "某办公室")]).await;
    assert!(read.holds("申请行政复议"), "the remedy stands in it: {}", read.text());
    done(&mut clerk, &papers, &issue).await;
    kit.finish().await;
}

#[tokio::test]
async fn the_address_of_service_stands_on_the_paper_and_nowhere_else() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Closed).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let papers = format!("/work/requests/{id}/papers");
    let draft = clerk.get(&format!("{papers}?notice=service_record")).await;
    assert!(draft.holds("送达地址") && !draft.holds("blank-served_to"), "{}", draft.text());
    let fields = [
        ("notice", "service_record"),
        ("blank-served_address", "某街某号暗记"),
        ("blank-mail_number", "无"),
        ("blank-handled_by", "周某"),
        ("step", "issue"),
    ];
    done(&mut clerk, &papers, &fields).await;
    let again = clerk.get(&format!("{papers}?notice=service_record")).await;
    assert!(!again.holds("某街某号暗记"), "it was not kept beside the paper");
    let case = clerk.get(&format!("/work/requests/{id}")).await.text();
    let link = case.split("href=\"").find(|rest| rest.contains("/docx\""));
    let link = link.and_then(|rest| rest.split('"').next()).expect("the paper");
    assert!(clerk.get(link).await.body.starts_with(b"PK"));
    kit.finish().await;
}

#[tokio::test]
async fn only_a_file_made_ready_goes_out_and_what_was_taken_out_is_gone() {
    let kit = TestApp::new().await;
    let id = kit.request("验收意见").await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let release = format!("/work/requests/{id}/release");
    let file = Some(("意见.txt", "联系人赵某，电话13800138000。验收合格。"));
    let brought = in_parts(&mut clerk, &format!("{release}/files"), &[], file).await;
    assert_eq!(brought.class(), "done", "{}", brought.text());
    let page = clerk.get(&release).await;
    assert!(page.holds("13800138000") && page.holds("未处理，不能提供"), "{}", page.text());
    let which = page.hidden("file").pop().expect("the file");
    let reply = format!("/work/requests/{id}/reply");
    assert!(!clerk.get(&reply).await.holds("意见.txt"), "not to be chosen yet");
    let marks =
        [("file", which.as_str()), ("word", "13800138000"), ("words", "赵某"), ("step", "redact")];
    done(&mut clerk, &release, &marks).await;
    let page = clerk.get(&release).await;
    assert!(page.holds("可以提供") && page.holds("复查证明"), "{}", page.text());
    let form = [
        ("step", "propose"),
        ("parts", "1"),
        ("ground-0", "disclosed|ogi-36-2"),
        ("says-0-content", "验收意见"),
        ("file", which.as_str()),
    ];
    done(&mut clerk, &reply, &form).await;
    let case = clerk.get(&format!("/work/requests/{id}")).await.text();
    let at = case.split("随答复提供的文件").nth(1).expect("the reply names it");
    let link = at.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    let copy = clerk.get(link).await;
    assert!(
        copy.holds("验收合格") && !copy.holds("13800138000") && !copy.holds("赵某"),
        "{}",
        copy.text()
    );
    kit.finish().await;
}

#[tokio::test]
async fn areas_of_a_page_are_marked_as_numbers_and_what_stood_there_is_gone() {
    let kit = TestApp::new().await;
    let id = kit.request("验收意见").await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let caller = kit.caller(OWN, Role::Clerk);
    // A page of 200 by 100 points with a black shape on its left half and one on its right.
    let content = "10 10 m 50 90 80 10 90 50 c f 110 10 m 150 90 180 10 190 50 c f";
    let pdf = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n\
         trailer << /Root 1 0 R /Size 5 >>\n%%EOF\n",
        content.len()
    );
    let brought =
        gongkai_app::requests::release::bring(&kit.app, &caller, &id, "签章页.pdf", pdf.into())
            .await
            .expect("brought");
    let address = format!("/work/requests/{id}/release/{}", brought.id);
    let list = clerk.get(&format!("/work/requests/{id}/release")).await;
    assert!(list.holds(&address), "{}", list.text());
    let page = clerk.get(&address).await;
    assert!(page.holds("第 1 页，共 1 页") && page.holds("area_left"), "{}", page.text());
    let picture = clerk.get(&format!("{address}/pages/1")).await.text();
    assert!(picture.contains("<svg") && picture.matches("<path").count() == 2, "{picture}");
    assert_eq!(clerk.get(&format!("{address}/pages/2")).await.class(), "not_found");
    let row = |sides: [&'static str; 4]| {
        let [left, top, right, bottom] = sides;
        [
            ("area_page", "1"),
            ("area_left", left),
            ("area_top", top),
            ("area_right", right),
            ("area_bottom", bottom),
        ]
    };
    let wrong = clerk.post(&address, &row(["50", "0", "40", "100"])).await;
    assert!(
        wrong.holds("第 1 个区域的右边要大于左边") && wrong.holds("value=\"50\""),
        "{}",
        wrong.text()
    );
    let blank = clerk.post(&address, &[("words", "")]).await;
    assert!(blank.holds("没有标出要遮盖的内容"), "{}", blank.text());
    done(&mut clerk, &address, &row(["0", "0", "50", "100"])).await;
    let list = clerk.get(&format!("/work/requests/{id}/release")).await;
    assert!(list.holds("1 个遮盖区域里没有内容") && list.holds("可以提供"), "{}", list.text());
    assert!(clerk.get(&address).await.holds("value=\"50\""), "the area is shown again");
    kit.finish().await;
}

#[tokio::test]
async fn a_reply_form_grows_without_scripts_and_asks_what_each_ground_asks() {
    let kit = TestApp::new().await;
    let id = kit.request("某规划").await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let reply = format!("/work/requests/{id}/reply");
    let chosen = [
        ("parts", "1"),
        ("about-0", "正文"),
        ("ground-0", "withheld.internal_affairs|ogi-16-1"),
        ("step", "more"),
    ];
    let page = clerk.post(&reply, &chosen).await;
    assert!(
        page.holds("属于哪一类") && page.holds("ground-1") && page.holds("value=\"正文\""),
        "{}",
        page.text()
    );
    let whole = [
        ("parts", "2"),
        ("about-0", "流转单"),
        ("ground-0", "withheld.internal_affairs|ogi-16-1"),
        ("says-0-kind", "内部工作流程"),
        ("says-0-reason", "只记录流转"),
        ("about-1", "正文"),
        ("ground-1", "disclosed|ogi-36-2"),
        ("says-1-content", "随本告知书提供"),
        ("step", "propose"),
    ];
    let without = clerk.post(&reply, &whole).await;
    assert!(without.class() == "invalid" && without.holds("怎样区分处理"), "{}", without.text());
    let mut fields = whole.to_vec();
    fields.push(("separation", "删去流转单"));
    done(&mut clerk, &reply, &fields).await;
    assert!(clerk.get(&format!("/work/requests/{id}")).await.holds("部分公开"));
    kit.finish().await;
}

#[tokio::test]
async fn the_register_is_filtered_kept_as_a_view_and_exported_without_formulas() {
    let kit = TestApp::new().await;
    kit.request("=HYPERLINK(\"http://example.org\")").await;
    kit.request_by("平常信", ReceivedChannel::OrdinaryPost).await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let page = clerk.get("/work/requests?channel=ordinary_post").await;
    assert!(page.holds("平常信") && !page.holds("HYPERLINK"));
    let csv = clerk.get("/work/requests.csv").await.text();
    assert!(csv.contains("'=HYPERLINK") && csv.contains("申请人类别"), "{csv}");
    assert!(clerk.get("/work/requests.xlsx").await.body.starts_with(b"PK"));
    let view = [("name", "信函"), ("query", "channel=ordinary_post")];
    done(&mut clerk, "/work/requests/views", &view).await;
    assert!(clerk.get("/work/requests").await.holds("/work/requests?channel=ordinary_post"));
    let mut leader = signed(&kit, Role::Leader).await;
    assert!(!leader.get("/work/requests").await.holds(">信函<"), "a view is its owner's");
    done(&mut clerk, "/work/requests/views/forget", &[("name", "信函")]).await;
    assert!(!clerk.get("/work/requests").await.holds(">信函<"));
    kit.finish().await;
}

#[tokio::test]
async fn pages_of_the_register_follow_each_other_without_a_gap_or_a_repeat() {
    let kit = TestApp::new().await;
    for n in 0..35 {
        kit.request(&format!("第{n:02}件")).await;
    }
    let mut clerk = signed(&kit, Role::Clerk).await;
    for order in ["", "due"] {
        let first = clerk.get(&format!("/work/requests?order={order}")).await.text();
        let next =
            first.split("rel=\"next\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
        let next = next.expect("a second page").replace("&amp;", "&").replace("&#38;", "&");
        let second = clerk.get(&next).await.text();
        for n in 0..35 {
            let title = format!("第{n:02}件");
            let times = first.matches(&title).count() + second.matches(&title).count();
            assert_eq!(times, 1, "{title} by `{order}`");
        }
    }
    kit.finish().await;
}

#[tokio::test]
async fn the_clock_says_every_day_in_words_and_the_office_above_sees_every_organ() {
    let kit = TestApp::new().await;
    let id = kit.request("某规划").await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let page = clerk.get(&format!("/work/requests/{id}")).await;
    for word in ["第 1 个工作日", "第 20 个工作日", "周末", "清明节", "期限届满", "第三十三条"]
    {
        assert!(page.holds(word), "{word}: {}", page.text());
    }
    let mut above = kit.visited_by(Visitor::Above).await;
    assert!(above.get("/work/requests/board").await.holds("都在期限内"));
    assert!(above.get(&format!("/work/requests/{id}")).await.holds("某规划"));
    let mut other = kit.visited_by(Visitor::Other(Role::Clerk)).await;
    assert_eq!(other.get(&format!("/work/requests/{id}")).await.class(), "not_found");
    kit.finish().await;
}

#[tokio::test]
async fn what_is_typed_into_a_case_is_shown_and_never_run() {
    let kit = TestApp::new().await;
    let attack = "\"><img src=x onerror=alert(1)><script>alert(1)</script>";
    let id = kit.request(attack).await.id;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let case = format!("/work/requests/{id}");
    done(&mut clerk, &format!("{case}/notes"), &[("text", attack)]).await;
    let until = kit.app.clock.today().to_string();
    let part = [("unit", attack), ("task", attack), ("until", until.as_str())];
    done(&mut clerk, &format!("{case}/acts/assign"), &part).await;
    let typed = [("parts", "1"), ("about-0", attack), ("ground-0", attack), ("separation", attack)];
    let mut pages = vec![clerk.post(&format!("{case}/reply"), &typed).await];
    let query = format!("/work/requests?title={}", "%22%3E%3Cscript%3E");
    for address in [case.as_str(), "/work/requests", "/work", query.as_str()] {
        pages.push(clerk.get(address).await);
    }
    for page in pages {
        assert_eq!((page.class(), page.dangers()), ("ok", Vec::new()));
    }
    kit.finish().await;
}

#[tokio::test]
async fn a_registration_sent_twice_registers_once_and_a_changed_one_is_told() {
    let kit = TestApp::new().await;
    let today = kit.app.clock.today().to_string();
    let mut clerk = signed(&kit, Role::Clerk).await;
    let ticket = clerk.get("/work/requests/new").await.hidden("ticket").pop().expect("a ticket");
    assert_ne!(ticket, clerk.get("/work/requests/new").await.hidden("ticket")[0], "one a form");
    let mut fields = letter(&today);
    fields.retain(|(name, _)| *name != "ticket");
    fields.push(("ticket", ticket));
    let address = "/work/requests/new";
    let scan = Some(("申请书.txt", "申请公开某市场改造计划"));
    let first = in_parts(&mut clerk, address, &borrowed(&fields), scan).await;
    let again = in_parts(&mut clerk, address, &borrowed(&fields), scan).await;
    assert_eq!((first.class(), again.class()), ("done", "done"), "{}", again.text());
    assert_eq!(first.header("location"), again.header("location"));
    let register = clerk.get("/work/requests").await.text();
    assert_eq!(register.matches("某市场改造计划").count(), 1, "{register}");
    let mut changed = fields.clone();
    changed.retain(|(name, _)| *name != "wanted_name");
    changed.push(("wanted_name", "另一件事".to_owned()));
    let other = in_parts(&mut clerk, address, &borrowed(&changed), None).await;
    assert!(other.class() == "invalid" && other.holds("已经登记过"), "{}", other.text());
    let fresh = other.hidden("ticket").pop().expect("a new ticket");
    changed.retain(|(name, _)| *name != "ticket");
    let stale = in_parts(&mut clerk, address, &borrowed(&changed), None).await;
    assert!(stale.class() == "invalid" && stale.holds("已经过期"), "{}", stale.text());
    changed.push(("ticket", fresh));
    let second = in_parts(&mut clerk, address, &borrowed(&changed), None).await;
    assert_eq!(second.class(), "done", "{}", second.text());
    assert_ne!(first.header("location"), second.header("location"));
}

#[tokio::test]
async fn a_remedy_and_a_record_sent_twice_are_registered_once() {
    let kit = TestApp::new().await;
    let today = kit.app.clock.today().to_string();
    let mut clerk = signed(&kit, Role::Clerk).await;
    let remedies = format!("/work/remedies/{OWN}");
    let ticket = clerk.get(&remedies).await.hidden("ticket").pop().expect("a ticket");
    let remedy = [
        ("ticket", ticket.as_str()),
        ("block", "reconsideration"),
        ("forum", "某县人民政府"),
        ("number", "某复议〔一〕1号"),
        ("filed_on", &today),
    ];
    for _ in 0..2 {
        done(&mut clerk, &remedies, &remedy).await;
    }
    assert_eq!(clerk.get(&remedies).await.text().matches("某复议〔一〕1号").count(), 1);
    let registers = format!("/work/registers/{OWN}");
    let page = clerk.get(&registers).await;
    let ticket = page.hidden("ticket").pop().expect("a ticket");
    let record = [
        ("ticket", ticket.as_str()),
        ("kind", "act"),
        ("line", "penalty"),
        ("number", "某罚〔一〕1号"),
        ("title", "某决定"),
        ("on", &today),
    ];
    for _ in 0..2 {
        done(&mut clerk, &registers, &record).await;
    }
    let year = &today[..4];
    let page = clerk.get(&format!("{registers}?year={year}")).await.text();
    assert_eq!(page.matches("某罚〔一〕1号").count(), 1, "{page}");
}

/// Where the seal goes: the usual size and place, on these papers.
fn placed<'a>(step: &'a str, paper: &'a str) -> Vec<(&'a str, &'a str)> {
    let place = [("diameter", "42"), ("right", "0"), ("down", "-1.5")];
    [vec![("step", step)], place.to_vec(), vec![("papers", paper)]].concat()
}

#[tokio::test]
async fn a_seal_is_tried_kept_printed_on_later_papers_and_never_on_earlier_ones() {
    let kit = TestApp::new().await;
    let mut system = signed(&kit, Role::SystemAdministrator).await;
    let page = format!("/work/organs/{OWN}/papers");
    let address = format!("{page}/seal");
    let (clerk, request) = (kit.caller(OWN, Role::Clerk), kit.request("某市场改造计划").await);
    let wanted = Wanted {
        notice: "registration_receipt".to_owned(),
        concerning: None,
        typed: Typed::from([("contact".to_owned(), "办公室，0000-0000000".to_owned())]),
    };
    let issue = |replaces: Option<String>| {
        let (app, clerk, id, wanted) = (&kit.app, &clerk, &request.id, &wanted);
        async move { paper::issue(app, clerk, id, wanted, replaces.as_deref()).await }
    };
    let opened = |id: String| {
        let (app, clerk, request) = (&kit.app, &clerk, &request.id);
        async move { paper::open(app, clerk, request, &id, Format::Docx).await.expect("open").1 }
    };
    let is_sealed = |docx: &Bytes| docx.windows(10).any(|each| each == b"word/media");
    let plain = issue(None).await.expect("issued without a seal");
    let before = opened(plain.id.clone()).await;
    assert!(!is_sealed(&before));
    let seal = Some(("章.png", SEAL));
    let only = "registration_receipt";
    let tried = with_bytes(&mut system, &address, &placed("preview", only), seal).await;
    let is_pdf = tried.body.starts_with(b"%PDF");
    assert!(is_pdf || tried.holds("字体"), "{}", tried.text());
    assert!(system.get(&page).await.holds("没有设置"), "a look keeps nothing");
    let torn = Some(("章.png", &SEAL[..SEAL.len() / 2]));
    let wrong = with_bytes(&mut system, &address, &placed("save", only), torn).await;
    assert!(wrong.class() == "invalid" && wrong.holds("损坏"), "{}", wrong.text());
    let none = with_bytes(&mut system, &address, &placed("save", only), None).await;
    assert!(none.class() == "invalid" && none.holds("请选择印章图片"), "{}", none.text());
    let mut far = placed("save", only);
    far.retain(|(name, _)| *name != "right");
    far.push(("right", "NaN"));
    let far = with_bytes(&mut system, &address, &far, seal).await;
    assert!(far.class() == "invalid" && far.holds("毫米"), "{}", far.text());
    for _ in 0..2 {
        let kept = with_bytes(&mut system, &address, &placed("save", only), seal).await;
        assert_eq!(kept.class(), "done", "{}", kept.text());
    }
    let shown = system.get(&format!("{page}/seal.png")).await;
    assert!(shown.class() == "ok" && shown.body == SEAL);
    let sealed = issue(Some(plain.id.clone())).await.expect("issued again");
    assert!(is_sealed(&opened(sealed.id.clone()).await));
    assert_eq!(opened(plain.id.clone()).await, before, "what was issued stays");
    let moved = with_bytes(&mut system, &address, &placed("save", "reply"), None).await;
    assert_eq!(moved.class(), "done", "the picture stands: {}", moved.text());
    let elsewhere = issue(Some(sealed.id.clone())).await.expect("issued again");
    assert!(!is_sealed(&opened(elsewhere.id.clone()).await), "it is for replies now");
    for _ in 0..2 {
        let removal = format!("{address}/removal");
        assert_eq!(system.post(&removal, &[]).await.class(), "done");
    }
    assert_eq!(system.get(&format!("{page}/seal.png")).await.class(), "not_found");
    assert!(is_sealed(&opened(sealed.id.clone()).await), "what was issued keeps its seal");
    let log = kit.verified_log().await;
    let acts: Vec<_> = log.iter().filter(|each| each.event.act.starts_with("seal.")).collect();
    assert_eq!(acts.len(), 3, "set, moved, removed: what changes nothing is no event");
}

#[tokio::test]
async fn the_head_of_numbers_is_set_and_the_two_series_never_share_one() {
    let kit = TestApp::new().await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let address = format!("/work/organs/{OWN}/papers/word");
    done(&mut clerk, &address, &[("series", "notice"), ("word", " 某办告 ")]).await;
    assert!(clerk.get(&format!("/work/organs/{OWN}/papers")).await.holds("某办告"));
    let long = "长".repeat(21);
    for (series, word, said) in [
        ("reply", "某办告", "不能相同"),
        ("reply", "", "1 到 20"),
        ("notice", long.as_str(), "1 到 20"),
        ("notice", "某办〔一〕", "只填机关代字"),
        ("else", "某办", "请选择"),
    ] {
        let wrong = clerk.post(&address, &[("series", series), ("word", word)]).await;
        assert!(wrong.class() == "invalid" && wrong.holds(said), "{word}: {}", wrong.text());
    }
    let request = kit.request("某市场改造计划").await;
    let caller = kit.caller(OWN, Role::Clerk);
    let ask = gongkai_domain::request::AskReasons {
        on: kit.app.clock.today(),
        found: "本月第五十件".to_owned(),
        until: kit.app.clock.today().saturating_add(jiff::Span::new().days(7)),
    };
    gongkai_app::requests::reasons::ask(&kit.app, &caller, &request.id, ask).await.expect("asked");
    let typed = Typed::from([("contact".to_owned(), "办公室，0000-0000000".to_owned())]);
    let wanted = Wanted { notice: "reasons_notice".to_owned(), concerning: None, typed };
    let issued = paper::issue(&kit.app, &caller, &request.id, &wanted, None).await;
    let number = issued.expect("issued").number;
    assert!(number.starts_with("某办告〔") && number.ends_with("1号"), "{number}");
}

#[tokio::test]
async fn a_case_whose_time_is_over_says_so_and_leads_to_no_file() {
    let kit = TestApp::new().await;
    let id = kit.request_at(StateKey::Archived).await;
    let case = format!("/work/requests/{id}");
    kit.app.clock.forward(jiff::SignedDuration::from_hours(24 * 6 * 366));
    gongkai_app::requests::expire::expire(&kit.app).await.expect("erased");
    let mut clerk = signed(&kit, Role::Clerk).await;
    let page = clerk.get(&case).await;
    assert!(page.holds("已按规定删除") && !page.holds("王＊＊"), "{}", page.text());
    assert!(!page.holds("/docx"), "no paper is left to open");
    assert!(page.holds(&format!("{case}/package")), "but the package is");
    let paper = [("notice", "archive_list"), ("step", "issue")];
    let late = clerk.post(&format!("{case}/papers"), &paper).await;
    assert!(late.holds("不能再印发"), "{}", late.text());
    let shown = clerk.post(&format!("{case}/personal"), &[("text", "核对")]).await;
    assert!(shown.holds("<dd>已按规定删除</dd>") && !shown.holds(PERSONAL_MARK));
    assert!(clerk.get("/work/requests").await.holds("已按规定删除"));
    assert_eq!(clerk.get(&format!("{case}/package")).await.class(), "ok", "its package is kept");
    kit.finish().await;
}

#[tokio::test]
async fn reports_of_several_years_are_brought_at_once_and_a_bad_file_keeps_no_other_out() {
    let kit = TestApp::new().await;
    let mut clerk = signed(&kit, Role::Clerk).await;
    let address = format!("/work/earlier-reports/{OWN}");
    let report = |year: i16| {
        let figures = r#"{"requests.received.total":"3","requests.received.natural":"3"}"#;
        format!(r#"{{"agency":"某局","year":{year},"form":"2021","figures":{figures}}}"#)
    };
    let (one, other) = (report(2022), report(2023));
    let files = [
        ("一.json", one.as_bytes()),
        ("二.txt", "不是报告".as_bytes()),
        ("三.json", other.as_bytes()),
    ];
    let given = with_files(&mut clerk, &address, &[("year", "2022")], &files).await;
    assert!(given.holds("不填年度"), "{}", given.text());
    let told = with_files(&mut clerk, &address, &[], &files).await;
    assert!(told.holds("2022 年度") && told.holds("2023 年度"), "{}", told.text());
    assert!(told.holds("二.txt：没有导入"), "{}", told.text());
    let again = with_files(&mut clerk, &address, &[], &files[..2]).await;
    assert!(again.holds("一.json：没有导入"), "{}", again.text());
    kit.finish().await;
}
