//! The five real reports as earlier years of invented organs: read, shown with what is doubtful beside the
//! original, corrected, compared. Skipped, saying so, where they are absent.

use bytes::Bytes;
use gongkai_app::reports::{compared, earlier};
use gongkai_domain::access::Role;
use gongkai_domain::figure::plain_text;
use gongkai_domain::id::OrganId;
use gongkai_testkit::app::{ABOVE, OTHER, OWN, TestApp};
use std::path::PathBuf;

#[expect(clippy::print_stderr, reason = "skipping is said")]
fn sample(name: &str) -> Option<Bytes> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/samples"));
    let read = std::fs::read(folder.join(name)).map(Bytes::from);
    if read.is_err() {
        eprintln!("skipped: {name} is not here");
    }
    read.ok()
}

fn organ(id: &str) -> OrganId {
    id.parse().unwrap()
}

#[tokio::test]
async fn every_sample_is_read_beside_its_original_corrected_and_compared() {
    let kit = TestApp::new().await;
    // Each organ gets reports of two years at most: files as they lie there, the year told by them.
    let files = [
        (OWN, "fushun_commerce_2020.txt", "proactive.permit.decided", Some("230")),
        (OWN, "luohe_commerce_2021.txt", "requests.received.total", Some("0")),
        (
            OTHER,
            "mouding_government_services_2020.txt",
            "proactive.procurement.projects",
            Some("45"),
        ),
        (OTHER, "county_industry_2022.txt", "remedies.reconsideration.total", Some("0")),
        (ABOVE, "lixin_commerce_2020.txt", "requests.received.total", None),
    ];
    for (id, name, key, value) in files {
        let Some(bytes) = sample(name) else { return };
        let clerk = kit.caller(id, Role::Clerk);
        let file = (name.to_owned(), bytes.clone());
        let told: i16 = name.split(['_', '.']).find_map(|part| part.parse().ok()).unwrap();
        let year = earlier::import(&kit.app, &clerk, &organ(id), None, file).await;
        let year = year.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(year, told, "{name}");
        let seen = earlier::beside(&kit.app, &clerk, &organ(id), year).await.unwrap();
        assert_eq!(seen.report.figures.by_key(key).map(plain_text).as_deref(), value, "{name}");
        let n_unknown = seen.report.figures.iter().filter(|(_, value)| value.is_none()).count();
        assert!(n_unknown <= seen.report.doubts.len(), "{name}: every unknown is said");
        assert!(10 < seen.lines.len(), "{name}: the original stands beside it");
        assert_eq!(seen.report.file, gongkai_domain::audit::digest(&bytes));
        let place = (&organ(id), year);
        let set =
            earlier::correct(&kit.app, &clerk, place, (key, "7"), "原件第 1 页").await.unwrap();
        assert_eq!(set.figures.by_key(key).map(plain_text).as_deref(), Some("7"));
        let doubted = set.doubts.iter().any(|doubt| doubt.cell == key);
        assert!(!doubted && set.corrections.len() == 1, "{name}: looked at by a person");
    }
    let clerk = kit.caller(OWN, Role::Clerk);
    let (_, lines) = compared::of_organ(&kit.app, &clerk, &organ(OWN)).await.unwrap();
    let received = lines.iter().find(|line| line.key == "received").unwrap();
    let years: Vec<i16> = received.points.iter().map(|point| point.year).collect();
    assert_eq!(years, [2020, 2021]);
    let values = received.points.iter().map(|point| point.value.map(plain_text));
    assert_eq!(values.collect::<Vec<_>>()[1].as_deref(), Some("7"));
    let breaks = lines.iter().flat_map(|line| &line.points).filter_map(|point| point.r#break);
    assert!(breaks.into_iter().all(|each| each.from == 2021), "the form changed between them");
    let office = kit.caller(ABOVE, Role::DisclosureOffice);
    let of_year = compared::of_year(&kit.app, &office, 2020).await.unwrap();
    assert_eq!(of_year[0].points.len(), 2, "the office above is no organ beside its own");
    let own = compared::of_year(&kit.app, &clerk, 2020).await.unwrap();
    assert_eq!(own[0].points.len(), 1, "a bureau sees its own");
    kit.finish().await;
}

#[tokio::test]
async fn a_file_that_is_no_report_is_refused_in_words() {
    let kit = TestApp::new().await;
    let clerk = kit.caller(OWN, Role::Clerk);
    for text in ["", "会议通知：下周一开会。", "2020年\n1 2 3\n"] {
        let file = ("通知.txt".to_owned(), Bytes::from_static(text.as_bytes()));
        let refused = earlier::import(&kit.app, &clerk, &organ(OWN), Some(2020), file).await;
        assert!(matches!(refused, Err(gongkai_app::AppError::Invalid(_))), "{text}");
    }
    kit.finish().await;
}
