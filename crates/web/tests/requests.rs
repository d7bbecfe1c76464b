//! Disclosure requests in the workplace, as people meet them page by page.

use bytes::Bytes;
use gongkai_domain::access::Role;
use gongkai_domain::request::{ReceivedChannel, StateKey};
use gongkai_testkit::app::{Answer, Client, OWN, PERSONAL_MARK, TestApp, Visitor};
use http::{Method, header};

async fn signed(kit: &TestApp, role: Role) -> Client {
    kit.visited_by(Visitor::Own(role)).await
}

/// Sends a form with files, the way browsers do.
async fn in_parts(
    client: &mut Client,
    address: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    const EDGE: &str = "----part";
    let token = client.form_token.clone();
    let mut body = String::new();
    for (name, value) in [("form_token", token.as_str())].iter().chain(fields) {
        body += &format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    if let Some((name, text)) = file {
        body += &format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\n{text}\r\n"
        );
    }
    body += &format!("--{EDGE}--\r\n");
    let request = client
        .request(Method::POST, address)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"))
        .body(Bytes::from(body));
    client.send(request.expect("a request")).await
}

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
    let came = [("on", today.as_str()), ("text", "去年的")];
    done(&mut clerk, &format!("{case}/acts/receive_supplement"), &came).await;
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
