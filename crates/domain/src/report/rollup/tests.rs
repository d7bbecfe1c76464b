//! Sums over parts that are there, missing, late, restated, renamed, blank, and of another form.

use super::*;
use crate::form::forms;
use jiff::civil::date;
use proptest::prelude::*;

fn form() -> &'static Form {
    forms().last().unwrap()
}

fn cells(form: &Form) -> Vec<CellKey> {
    form.tables.iter().flat_map(|table| table.cells.iter().flatten()).copied().collect()
}

fn part(organ: &str, tenths: i64) -> Part {
    let value = Some(Decimal::new(tenths, 1));
    Part {
        organ: organ.to_owned(),
        name: format!("{organ}局"),
        figures: cells(form()).into_iter().map(|cell| (cell, value)).collect(),
        handed_in_on: Some(date(2023, 1, 20)),
        n_restatements: 0,
    }
}

fn child(organ: &str, report: Option<Part>) -> Child {
    Child { organ: organ.to_owned(), name: format!("{organ}局"), report }
}

fn due() -> Option<Date> {
    Some(date(2023, 1, 31))
}

fn words(sum: &RolledUp) -> Vec<String> {
    sum.remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn a_parent_is_its_own_and_its_children_and_opens_to_them() {
    let children = [child("甲", Some(part("甲", 1))), child("乙", Some(part("乙", 2)))];
    let sum = rollup(form(), Some(part("县", 3)), &children, due());
    let cell = cells(form())[7];
    assert_eq!(sum.figures.get(cell), Some(Decimal::new(6, 1)));
    let opened: Vec<_> = sum.open(cell).map(|(part, value)| (part.name.as_str(), value)).collect();
    let tenths = |tenths| Some(Decimal::new(tenths, 1));
    assert_eq!(opened, [("县局", tenths(3)), ("甲局", tenths(1)), ("乙局", tenths(2))]);
    assert!(sum.is_complete() && sum.remarks.is_empty());
}

#[test]
fn missing_late_restated_and_renamed_children_are_named() {
    let late = Part { handed_in_on: Some(date(2023, 2, 3)), ..part("乙", 1) };
    let restated = Part { n_restatements: 2, ..part("丙", 1) };
    let renamed = Part { name: "旧局".to_owned(), ..part("丁", 1) };
    let children = [
        child("甲", None),
        child("乙", Some(late)),
        child("丙", Some(restated)),
        child("丁", Some(renamed)),
    ];
    let sum = rollup(form(), None, &children, due());
    let expected = [
        "“甲局”没有报送，合计不含该机关",
        "“乙局”逾期 3 天报送",
        "“丙局”报送后更正过 2 次",
        "“丁局”的报告用的是原名“旧局”",
    ];
    assert_eq!(words(&sum), expected);
    assert!(!sum.is_complete());
    assert_eq!(sum.figures.get(cells(form())[0]), Some(Decimal::new(3, 1)));
}

#[test]
fn a_blank_makes_the_sum_unknown_and_nothing_is_no_zero() {
    let cell = cells(form())[0];
    let mut blank = part("甲", 1);
    blank.figures.set(cell, None);
    let sum = rollup(form(), Some(part("县", 1)), &[child("甲", Some(blank))], due());
    assert_eq!(sum.figures.get(cell), None);
    assert_eq!(words(&sum), ["“甲局”有 1 格没有数字，这些格不能合计"]);
    let nobody = rollup(form(), None, &[child("甲", None)], due());
    assert!(nobody.figures.iter().all(|(_, sum)| sum.is_none()));
}

#[test]
fn a_part_of_another_form_leaves_what_it_lacks_unknown() {
    let other = forms().first().unwrap();
    let figures = cells(other).into_iter().map(|cell| (cell, Some(Decimal::ONE))).collect();
    let old = Part { figures, ..part("甲", 0) };
    let sum = rollup(form(), None, &[child("甲", Some(old))], due());
    assert!(matches!(&sum.remarks[..], [Remark::OtherForm { .. }]), "{:?}", sum.remarks);
    assert_eq!(sum.figures.by_key("requests.received.total"), Some(Decimal::ONE));
    assert_eq!(sum.figures.by_key("proactive.rule.issued"), None);
}

#[test]
fn a_parent_is_stale_when_a_child_changes_comes_or_goes() {
    let (one, two) = (part("甲", 1), part("乙", 1));
    let sum = rollup(form(), None, &[child("甲", Some(one.clone()))], due());
    let now = |parts: &[&Part]| {
        let parts = parts.iter().map(|part| (part.organ.as_str(), &part.figures));
        stale(&sum.basis, parts)
    };
    assert_eq!(now(&[&one]), []);
    let changed = part("甲", 2);
    assert_eq!(now(&[&changed]), [Stale::Changed { organ: "甲".to_owned() }]);
    assert_eq!(now(&[&one, &two]), [Stale::Added { organ: "乙".to_owned() }]);
    assert_eq!(now(&[]), [Stale::Gone { organ: "甲".to_owned() }]);
}

#[test]
fn the_digest_does_not_see_how_a_number_is_written() {
    let cell = cells(form())[0];
    let with = |value| [(cell, Some(value))].into_iter().collect();
    let digests = |a, b| digest(&with(a)) == digest(&with(b));
    assert!(digests(Decimal::new(10, 1), Decimal::ONE));
    assert!(!digests(Decimal::new(11, 1), Decimal::ONE));
    assert_ne!(digest(&[(cell, None)].into_iter().collect()), digest(&with(Decimal::ZERO)));
}

fn node(organ: &str, parent: Option<usize>, own: Option<Part>) -> Node {
    Node { organ: organ.to_owned(), name: format!("{organ}局"), parent, own }
}

#[test]
fn circles_and_lost_parents_are_refused() {
    let circle = [node("甲", Some(1), None), node("乙", Some(0), None)];
    assert_eq!(of_tree(form(), &circle, None).unwrap_err(), TreeError::Circle("甲局".to_owned()));
    let lost = [node("甲", Some(7), None)];
    assert_eq!(of_tree(form(), &lost, None).unwrap_err(), TreeError::NoParent("甲局".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_root_of_any_tree_is_the_sum_of_all_that_was_handed_in(
        organs in proptest::collection::vec((any::<u16>(), proptest::option::of(0_i64..1000)), 1..40)
    ) {
        let nodes: Vec<Node> = organs.iter().enumerate().map(|(index, (parent, tenths))| {
            let parent = (0 < index).then(|| usize::from(*parent) % index.max(1));
            let organ = index.to_string();
            node(&organ, parent, tenths.map(|tenths| part(&organ, tenths)))
        }).collect();
        let sums = of_tree(form(), &nodes, due()).unwrap();
        let all: i64 = organs.iter().filter_map(|(_, tenths)| *tenths).sum();
        let any = organs.iter().any(|(_, tenths)| tenths.is_some());
        if let Some((_, root)) = sums.iter().find(|(index, _)| *index == 0) {
            let expected = any.then(|| Decimal::new(all, 1));
            for (cell, sum) in root.figures.iter() {
                prop_assert_eq!(sum, expected, "{}", cell);
            }
        }
        let parents = nodes.iter().filter_map(|node| node.parent).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(sums.len(), parents.len());
    }
}
