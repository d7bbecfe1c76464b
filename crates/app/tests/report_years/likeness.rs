//! A text that was taken from another is shown beside it, and holds nothing up.

use gongkai_app::reports::{answer, compile, hand_in, likeness, text, view};
use gongkai_domain::access::Role;
use gongkai_domain::filing::Weight;
use gongkai_domain::id::OrganId;
use gongkai_testkit::app::{ABOVE, OTHER, OWN, TestApp};

const YEAR: i16 = 2024;

/// Sentences of which no two are alike, from a list of words.
fn prose(words: &[&str]) -> String {
    let sentence = |(at, word): (usize, &&str)| {
        format!("围绕{word}这一重点逐项梳理事项并向群众讲明{word}办理的依据和结果{}条。", at + 1)
    };
    words.iter().enumerate().map(sentence).collect()
}

fn texts(overview: &str) -> [String; 6] {
    let problems = "存在的问题是公开不够细。改进情况：修订了目录。";
    let all = [overview, "", "", "", problems, "全年没有收取信息处理费。"];
    all.map(str::to_owned)
}

fn organ(id: &str) -> OrganId {
    id.parse().unwrap()
}

async fn written(kit: &TestApp, id: &str, overview: &str) {
    let clerk = kit.caller(id, Role::Clerk);
    text::write(&kit.app, &clerk, (&organ(id), YEAR), texts(overview)).await.unwrap();
    compile::compile(&kit.app, &clerk, &organ(id), YEAR).await.unwrap();
}

async fn handed_in(kit: &TestApp, id: &str) {
    let (clerk, leader) = (kit.caller(id, Role::Clerk), kit.caller(id, Role::Leader));
    let seen = view::view(&kit.app, &clerk, &organ(id), YEAR).await.unwrap();
    for concern in seen.concerns.iter().filter(|each| each.weight != Weight::Blocks) {
        let place = (&organ(id), YEAR);
        answer::answer(&kit.app, &clerk, place, &concern.key, "已核实").await.unwrap();
    }
    hand_in::hand_in(&kit.app, &leader, &organ(id), YEAR).await.unwrap();
}

#[tokio::test]
async fn a_text_like_that_of_the_organ_beside_it_is_shown_and_holds_nothing_up() {
    let kit = TestApp::new().await;
    let shared = prose(&["财政预算", "就业帮扶", "食品抽检", "道路养护", "招生入学"]);
    written(&kit, OTHER, &shared).await;
    written(&kit, OWN, &shared.replace("1条", "9条")).await;
    let of =
        async |caller| likeness::of_report(&kit.app, &caller, &organ(OWN), YEAR).await.unwrap();
    assert!(of(kit.caller(OWN, Role::Clerk)).await.is_empty(), "a draft is nobody's to copy");
    handed_in(&kit, OTHER).await;
    let by_clerk = of(kit.caller(OWN, Role::Clerk)).await;
    assert_eq!(by_clerk.len(), 1);
    assert!(90 <= by_clerk[0].percent && by_clerk[0].name.contains("邻近机关"));
    assert!(!by_clerk[0].is_open && by_clerk[0].passages.is_empty(), "not public yet");
    let by_office = of(kit.caller(ABOVE, Role::DisclosureOffice)).await;
    assert!(by_office[0].is_open && 5 <= by_office[0].passages.len());
    let passage = &by_office[0].passages[0];
    assert!(passage.own.contains("9条") && passage.other.contains("1条"));
    handed_in(&kit, OWN).await;
    kit.finish().await;
}

#[tokio::test]
async fn texts_of_their_own_are_like_nothing() {
    let kit = TestApp::new().await;
    written(&kit, OTHER, &prose(&["财政预算", "就业帮扶", "食品抽检", "道路养护", "招生"])).await;
    handed_in(&kit, OTHER).await;
    let own = "本年首次把办事指南改写成问答，逐条请窗口人员试读；\
        对历史文件作了清理，废止的一律标注；依申请公开改为网上登记，申请人随时可以查到进度。\
        与档案馆商定了移交的时间，图书馆设了查阅点，老年人可以由工作人员帮助检索。";
    written(&kit, OWN, own).await;
    let clerk = kit.caller(OWN, Role::Clerk);
    assert!(likeness::of_report(&kit.app, &clerk, &organ(OWN), YEAR).await.unwrap().is_empty());
    kit.finish().await;
}
