//! Packages changed in every way, and what is said of it.

use std::io::{Cursor, Read};

use gongkai_domain::audit::{Break, Event};
use jiff::Timestamp;
use proptest::prelude::*;

use super::container::Entry;
use super::*;

fn event(act: &str) -> Event {
    let word = |text: &str| text.to_owned();
    Event {
        at: Timestamp::UNIX_EPOCH,
        actor: word("p1"),
        actor_name: word("王某"),
        origin: word("local"),
        organ: word("bureau"),
        act: word(act),
        thing: word("request/1"),
        before: String::new(),
        after: word("{\"甲\": \"乙\"}"),
        reason: String::new(),
    }
}

fn case() -> Case {
    let paper = |title: &str, extension: &str, bytes: &[u8]| Paper {
        title: title.to_owned(),
        extension: extension.to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: bytes.to_vec(),
    };
    Case {
        number: "示公开〔0001〕1号".to_owned(),
        title: "某项目的批复".to_owned(),
        agency: "示例局".to_owned(),
        closed_on: jiff::civil::date(2000, 1, 2),
        papers: vec![
            paper("申请表", "pdf", b"%PDF-1"),
            paper("../答复 书", "DOCX", b"PK\x03\x04"),
            paper("", "", b""),
        ],
        events: ["request.register", "request.decide", "request.archive"].map(event).to_vec(),
    }
}

fn package() -> Vec<u8> {
    build(&case()).unwrap()
}

fn broken(package: &[u8]) -> Broken {
    let report = verify(package);
    assert!(!report.holds);
    report.broken.expect("something is broken")
}

/// The package with its entries changed, the container whole.
fn changed(change: impl FnOnce(&mut Vec<Entry<Vec<u8>>>)) -> Vec<u8> {
    let package = package();
    let entries = container::read(&package, 100).unwrap();
    let mut entries: Vec<_> =
        entries.into_iter().map(|(name, bytes)| (name, bytes.to_vec())).collect();
    change(&mut entries);
    container::write(&entries)
}

/// The same with checksums that fit again, as somebody who wants to deceive would leave it.
fn resummed(change: impl FnOnce(&mut Vec<Entry<Vec<u8>>>)) -> Vec<u8> {
    changed(|entries| {
        change(entries);
        let (last, others) = entries.split_last_mut().unwrap();
        last.1 = sums(others.iter().map(|(name, bytes)| (name.as_str(), &bytes[..]))).into_bytes();
    })
}

fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn a_package_is_whole_and_the_same_case_gives_the_same_bytes() {
    let package = package();
    let report = verify(&package);
    assert_eq!(report.broken, None);
    assert!(report.holds);
    assert_eq!((report.n_papers, report.n_events), (3, 3));
    assert_eq!(report.case_number, "示公开〔0001〕1号");
    assert_eq!(package, build(&case()).unwrap());
}

#[test]
fn any_program_opens_it_and_its_names_are_safe() {
    let package = package();
    let mut archive = zip::ZipArchive::new(Cursor::new(&package[..])).unwrap();
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        names.push(entry.name().unwrap().into_owned());
    }
    assert_eq!(
        names,
        [
            "README.txt",
            "index.json",
            "events.jsonl",
            "papers/001-申请表.pdf",
            "papers/002-答复书.docx",
            "papers/003",
            "SHA256SUMS"
        ]
    );
}

#[test]
fn its_sums_are_what_the_usual_tool_reads() {
    let package = package();
    let entries = container::read(&package, 100).unwrap();
    let (_, sums) = entries.last().unwrap();
    let lines: Vec<&str> = str::from_utf8(sums).unwrap().lines().collect();
    assert_eq!(lines.len(), 6);
    for (line, (name, bytes)) in lines.iter().zip(&entries) {
        assert_eq!(*line, format!("{}  {name}", audit::digest(bytes)));
    }
    let read_me = String::from_utf8(entries[0].1.to_vec()).unwrap();
    assert!(read_me.contains("sha256sum -c SHA256SUMS") && read_me.contains("  1. 申请表"));
}

#[test]
fn a_changed_paper_is_named_even_with_new_sums() {
    let touch = |entries: &mut Vec<Entry<Vec<u8>>>| entries[3].1[0] ^= 1;
    for package in [changed(touch), resummed(touch)] {
        let Broken::Content { file, what } = broken(&package) else { panic!("content") };
        assert_eq!((file.as_str(), what), ("papers/001-申请表.pdf", " SHA-256 "));
    }
    let longer = changed(|entries| entries[3].1.push(0));
    assert!(matches!(broken(&longer), Broken::Content { what: "字节数", .. }));
}

#[test]
fn missing_extra_and_reordered_files_are_named() {
    let name = |text: &str| text.to_owned();
    let missing = resummed(|entries| drop(entries.remove(4)));
    assert_eq!(broken(&missing), Broken::Missing(name("papers/002-答复书.docx")));
    let extra = resummed(|entries| entries.insert(5, (name("papers/x"), vec![1])));
    assert_eq!(broken(&extra), Broken::Extra(name("papers/x")));
    let swapped = resummed(|entries| entries.swap(3, 4));
    assert!(matches!(broken(&swapped), Broken::Place { place: 4, .. }));
    let renumbered = resummed(|entries| replace(&mut entries[1].1, "\"order\": 2", "\"order\": 3"));
    assert_eq!(broken(&renumbered), Broken::Order { expected: 2, found: 3 });
    for index in [0, 1, 2, 6] {
        let without = changed(|entries| drop(entries.remove(index)));
        assert!(matches!(broken(&without), Broken::Missing(_)), "{index}");
    }
}

#[test]
fn names_that_lead_elsewhere_or_stand_twice_are_refused() {
    for bad in ["../x", "/x", "papers/../x", "papers/a/b", "papers\\x", "C:x", "papers/.x", "x", ""]
    {
        let package = resummed(|entries| entries[3].0 = bad.to_owned());
        assert!(matches!(broken(&package), Broken::Name(_)), "{bad}");
    }
    let twice = resummed(|entries| entries[4].0 = entries[3].0.clone());
    assert!(matches!(broken(&twice), Broken::Twice(_)));
    let nearly =
        resummed(|entries| entries[4].0 = entries[3].0.to_uppercase().replace("PAPERS", "papers"));
    assert!(matches!(broken(&nearly), Broken::Twice(_)));
}

#[test]
fn a_changed_event_breaks_the_chain_though_all_sums_fit() {
    let forged = |from: &str, to: &str| {
        resummed(|entries| {
            let old = (audit::digest(&entries[2].1), audit::digest_sm3(&entries[2].1));
            replace(&mut entries[2].1, from, to);
            let new = (audit::digest(&entries[2].1), audit::digest_sm3(&entries[2].1));
            replace(&mut entries[1].1, &old.0, &new.0);
            replace(&mut entries[1].1, &old.1, &new.1);
        })
    };
    let changed = forged("request.decide", "request.refuse");
    assert_eq!(broken(&changed), Broken::Chain(Break::Content(2)));
    let package = package();
    let entries = container::read(&package, 100).unwrap();
    let events = String::from_utf8(entries[2].1.to_vec()).unwrap();
    let last = format!("{}\n", events.lines().last().unwrap());
    assert_eq!(broken(&forged(&last, "")), Broken::Events { expected: 3, found: 2 });
    assert_eq!(broken(&forged(&last, "x\n")), Broken::Line(3));
}

#[test]
fn what_is_no_package_is_said_to_be_none() {
    let package = package();
    for bytes in [&b""[..], b"PK", b"not a zip", &package[..package.len() - 1], &package[1..]] {
        assert_eq!(broken(bytes), Broken::Container);
    }
    let longer = [&package[..], b"x"].concat();
    assert_eq!(broken(&longer), Broken::Container);
    let twice = [&package[..], &package].concat();
    assert_eq!(broken(&twice), Broken::Container);
    // An entry that says it is larger than all there is, or that is packed.
    for (at, byte) in [(21, 0xFF), (8, 8)] {
        let mut bomb = package.clone();
        bomb[at] = byte;
        assert_eq!(broken(&bomb), Broken::Container, "{at}");
    }
    let many: Vec<Entry<Vec<u8>>> =
        (0..MOST_PAPERS + 5).map(|index| (format!("papers/{index}"), Vec::new())).collect();
    assert_eq!(broken(&container::write(&many)), Broken::Container);
}

#[test]
fn a_later_version_and_a_foreign_index_are_said_to_be_such() {
    let later = resummed(|entries| replace(&mut entries[1].1, "\"version\": 1", "\"version\": 2"));
    assert_eq!(broken(&later), Broken::Version(2));
    for (from, to) in [("gongkai-archive-package", "x"), ("{", "["), ("\"title\"", "\"titel\"")] {
        let package = resummed(|entries| replace(&mut entries[1].1, from, to));
        assert!(matches!(broken(&package), Broken::Index(_)), "{to}");
    }
}

#[test]
fn an_empty_case_is_refused() {
    assert_eq!(build(&Case { papers: Vec::new(), ..case() }), Err(BuildError::NoPapers));
    assert_eq!(build(&Case { number: " ".to_owned(), ..case() }), Err(BuildError::NoNumber));
    let many = vec![case().papers[2].clone(); MOST_PAPERS + 1];
    let refused = build(&Case { papers: many, ..case() });
    assert_eq!(refused, Err(BuildError::TooManyPapers(MOST_PAPERS + 1)));
    let quiet = build(&Case { events: Vec::new(), ..case() }).unwrap();
    assert!(verify(&quiet).holds);
}

#[test]
fn every_single_bit_counts() {
    let package = package();
    for at in 0..package.len() {
        let mut touched = package.clone();
        touched[at] ^= 1 << (at % 8);
        assert!(!verify(&touched).holds, "byte {at}");
    }
}

proptest! {
    #[test]
    fn any_one_changed_byte_is_found(
        papers in proptest::collection::vec(("\\PC{0,9}", proptest::collection::vec(any::<u8>(), 0..60)), 1..5),
        at in any::<prop::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let papers = papers.into_iter().map(|(title, bytes)| Paper { title, bytes, ..case().papers[0].clone() });
        let mut package = build(&Case { papers: papers.collect(), ..case() }).unwrap();
        prop_assert!(verify(&package).holds, "{:?}", verify(&package).broken);
        let at = at.index(package.len());
        package[at] ^= change;
        prop_assert!(!verify(&package).holds);
    }

    #[test]
    fn bytes_of_any_kind_are_looked_at_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!verify(&[&package()[..60], &bytes].concat()).holds);
    }
}
