//! Samples of every public view: each is rendered twice and looked at as a reader would meet it.

use super::columns::{self, column};
use super::filters::{Narrowing, choices, organ_field};
use super::item::{File, ItemPage, Marks, WithdrawnPage};
use super::list::{List, Pages};
use super::query::Asked;
use super::rows::Row;
use super::{guide, home, leaving, on_request, open_data, organs, sitemap, statistics};
use crate::figures::Figured;
use crate::page::{Frame, Mode};
use askama::Template;
use gongkai_app::site::figures::Figure;
use gongkai_app::site::groups::{Group, Groups};
use gongkai_app::site::item::Linked;
use gongkai_app::site::on_request::parts;
use gongkai_domain::organ::{Contact, FormerName, Organ, OrganKind};
use jiff::civil::Date;

/// An invented organ.
pub(super) fn organ(id: &str, parent: Option<&str>) -> Organ {
    let former =
        FormerName { name: "甲县旧局".to_owned(), until: Date::constant(2018, 12, 31) };
    Organ {
        id: id.parse().expect("an id"),
        parent: parent.map(|id| id.parse().expect("an id")),
        kind: OrganKind::Department,
        name: "甲县<商务>局".to_owned(),
        short_name: "县商务局".to_owned(),
        code: "11999900MB0000001X".to_owned(),
        order: 1,
        contact: Contact {
            office: "办公室".to_owned(),
            telephone: "0000-0000000".to_owned(),
            ..Contact::default()
        },
        former_names: vec![former],
        merged_into: None,
    }
}

fn frame(mode: Mode) -> Frame {
    Frame {
        domain: "www.example.gov.cn".to_owned(),
        code: "0000000000".to_owned(),
        sponsor: "甲县人民政府办公室".to_owned(),
        mistakes: "/leaving?to=x".to_owned(),
        mode,
        ..Frame::bare()
    }
}

fn row() -> Row {
    Row {
        address: "/items/1".to_owned(),
        title: "关于<某事>的通知".to_owned(),
        organ: "县商务局".to_owned(),
        kind: "通知公告".to_owned(),
        document_number: "甲商〔2025〕1号".to_owned(),
        published: "2025-03-04".to_owned(),
        published_at: "2025-03-04 09:30".to_owned(),
        archived: true,
        validity: "废止",
    }
}

fn groups() -> Groups {
    let leaf =
        Group { key: "rule".to_owned(), title: "规章".to_owned(), n_items: 1, below: vec![] };
    let group =
        |key: &str| Group { key: key.to_owned(), below: vec![leaf.clone()], ..leaf.clone() };
    Groups { legal: vec![group("20.1")], subjects: vec![group("general_affairs")], columns: vec![] }
}

fn linked() -> Linked {
    Linked { id: "2".parse().expect("an id"), title: "<解读>".to_owned() }
}

fn chart() -> Figured {
    Figured {
        key: "years",
        title: "历年<申请>".to_owned(),
        picture: "/items/1/charts/years".to_owned(),
        heads: vec!["新收申请（件）".to_owned()],
        rows: vec![("2025※".to_owned(), vec!["<3>".to_owned()])],
        notes: vec!["口径变化".to_owned()],
    }
}

fn item(frame: Frame, full: bool) -> ItemPage {
    let some = |text: &str| full.then(|| text.to_owned());
    let file = || File {
        address: "/items/1/files/1".to_owned(),
        name: "<表>.xlsx".to_owned(),
        size: "2 KB".to_owned(),
    };
    ItemPage {
        frame,
        id: "1".to_owned(),
        title: "关于<某事>的通知".to_owned(),
        organ_id: "a".to_owned(),
        organ: "甲县商务局".to_owned(),
        kind: "通知公告".to_owned(),
        source: "甲县商务局".to_owned(),
        published: "2025-03-04 09:30".to_owned(),
        address: "http://www.example.gov.cn/items/1".to_owned(),
        description: "\"引号\"".to_owned(),
        box_rows: vec![("索引号", "x/2025-00001".to_owned())],
        marks: Marks { lapsed: some("已于2025-01-01废止"), archived: some("2025-01-01") },
        text: "<p>正文</p>".to_owned(),
        files: full.then(file).into_iter().collect(),
        policy: full.then(linked),
        interpretations: full.then(linked).into_iter().collect(),
        related: full.then(linked).into_iter().collect(),
        charts: full.then(chart).into_iter().collect(),
        n_views: 3,
    }
}

fn list(frame: Frame, rows: Vec<Row>) -> List {
    let column = column("policies").expect("a column");
    let asked = Asked { subject: "<x>".to_owned(), page: "2".to_owned(), ..Asked::default() };
    let narrowing = Narrowing { kind: true, validity: true, number: true, groups: true };
    List {
        frame,
        choices: choices(&asked, narrowing, column, &[organ("a", None)], &[2025]),
        groups: if rows.is_empty() { Groups::default() } else { groups() },
        pages: Pages::of(&asked, column.address, 20 * i64::try_from(rows.len()).unwrap_or(0)),
        rows,
        asked,
        feed: "/feed.xml".to_owned(),
        column,
    }
}

fn figures(frame: Frame) -> statistics::Statistics {
    let figure = Figure { key: "2025-01".to_owned(), title: "1月".to_owned(), n_items: 3 };
    statistics::Statistics {
        frame,
        column: column("statistics").expect("a column"),
        year: 2025,
        years: vec![2025],
        organs: organ_field("", &[organ("a", None)]),
        total: 3,
        sections: vec![statistics::Section {
            key: "months",
            title: "按月份",
            head: "月份",
            figures: vec![figure],
            picture: "/statistics/charts/months?year=2025".to_owned(),
        }],
        csv: "/data/statistics.csv".to_owned(),
    }
}

fn organ_pages(frame: &Frame) -> Vec<String> {
    let column = column("organs").expect("a column");
    let organs = [organ("a", None), organ("b", Some("a"))];
    let page = organs::OrganPage {
        frame: frame.clone(),
        organ: organs[0].clone(),
        above: Some(organs[1].clone()),
        merged_into: Some(organs[1].clone()),
        below: organs.to_vec(),
        blocks: vec![organs::Block {
            title: "政策文件库".to_owned(),
            address: "/policies?organ=a".to_owned(),
            rows: vec![row()],
        }],
        groups: groups(),
        contact: guide::contact_rows(&organs[0].contact),
    };
    let guide = guide::Guide {
        frame: frame.clone(),
        column,
        organ: organs[0].clone(),
        contact: guide::contact_rows(&organs[0].contact),
        groups: groups(),
        parts: parts(),
        rows: vec![row()],
    };
    let places = organs::tree(&organs);
    let guides =
        guide::Guides { frame: frame.clone(), column, organs: organs.to_vec(), rows: vec![row()] };
    let all = organs::Organs { frame: frame.clone(), column, places, rows: vec![row()] };
    vec![twice(&page), twice(&guide), twice(&guides), twice(&all)]
}

fn pages(frame: &Frame) -> Vec<String> {
    let new = || frame.clone();
    let organs = vec![organ("a", None)];
    let block = home::Block { column: &columns::all()[2], rows: vec![row()] };
    let home = home::Home { frame: new(), blocks: vec![block], organs: organs.clone(), n_items: 1 };
    let empty = home::Home { frame: new(), blocks: vec![], organs: vec![], n_items: 0 };
    let withdrawn = WithdrawnPage {
        frame: new(),
        reason: "<内容有误>".to_owned(),
        at: "2025-03-04 09:30".to_owned(),
    };
    let on_request = on_request::OnRequest {
        frame: new(),
        column: column("on_request").expect("a column"),
        parts: parts(),
        organs: organs.clone(),
    };
    let leaving = leaving::Leaving {
        frame: new(),
        address: "https://a.example/?a=\"1\"".to_owned(),
        host: "a.example".to_owned(),
    };
    let described = crate::api::described();
    let mut all = vec![
        twice(&home),
        twice(&empty),
        twice(&item(new(), true)),
        twice(&item(new(), false)),
        twice(&list(new(), vec![row(), row()])),
        twice(&list(new(), vec![])),
        twice(&withdrawn),
        twice(&on_request),
        twice(&leaving),
        twice(&figures(new())),
        twice(&open_data::OpenData { frame: new(), years: vec![2025, 2024] }),
        twice(&sitemap::SiteMap { frame: new(), organs }),
        twice(&crate::api::ApiPage { frame: new(), described }),
    ];
    all.extend(organ_pages(frame));
    all
}

/// The page; rendering it again changes nothing.
fn twice(template: &impl Template) -> String {
    let once = template.render().expect("rendered");
    assert_eq!(once, template.render().expect("rendered again"));
    once
}

#[test]
fn every_page_is_whole_in_every_mode() {
    for mode in [Mode::default(), Mode { elder: true, contrast: true }] {
        for page in pages(&frame(mode)) {
            let title = page.split("<title>").nth(1).and_then(|rest| rest.split('<').next());
            let title = title.unwrap_or_default();
            assert_eq!(page.matches("<h1").count(), 1, "one heading: {title}");
            assert_eq!(page.matches("<main").count(), 1, "{title}");
            assert!(!title.is_empty());
            for tag in ["SiteName", "SiteDomain", "SiteIDCode"] {
                assert!(page.contains(&format!("<meta name=\"{tag}\"")), "{tag}: {title}");
            }
            assert_eq!(page.contains("class=\"elder contrast\""), mode.elder, "{title}");
        }
    }
}

#[test]
fn nothing_that_was_written_becomes_markup_and_nothing_is_inline() {
    for page in pages(&frame(Mode::default())) {
        for wrong in ["<某事>", "<商务>", "<内容有误>", "<解读>", "<x>", " style=", "<script"]
        {
            assert!(!page.contains(wrong), "{wrong} in {page}");
        }
    }
}

#[test]
fn every_picture_says_what_it_shows_and_every_field_has_a_label() {
    for page in pages(&frame(Mode::default())) {
        for picture in page.split("<img ").skip(1) {
            assert!(picture.split('>').next().is_some_and(|tag| tag.contains("alt=\"")));
        }
        for field in page.split("<select id=\"").chain(page.split("<input id=\"")).skip(1) {
            let id = field.split('"').next().unwrap_or_default();
            if id.starts_with("f-") || id == "find" {
                assert!(page.contains(&format!("for=\"{id}\"")), "{id}");
            }
        }
    }
}

#[test]
fn the_page_of_an_item_carries_the_tags_of_the_website_guideline() {
    let page = twice(&item(frame(Mode::default()), true));
    for tag in [
        "<meta name=\"ArticleTitle\" content=\"关于&#60;某事&#62;的通知\">",
        "<meta name=\"PubDate\" content=\"2025-03-04 09:30\">",
        "<meta name=\"ContentSource\" content=\"甲县商务局\">",
    ] {
        assert!(page.contains(tag), "{tag}");
    }
    let bare = twice(&item(frame(Mode::default()), false));
    for empty in ["附件", "相关解读", "解读的文件", "相关信息", "已归档"] {
        assert!(page.contains(empty) && !bare.contains(empty), "{empty}");
    }
}
