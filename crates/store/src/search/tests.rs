//! Recall: what people type finds what they mean, over invented titles and texts.

use super::*;
use gongkai_domain::id::ItemId;

fn entry(number: usize, title: &str, text: &str) -> Entry {
    Entry {
        id: format!("item-{number}").parse().expect("an id"),
        organ: if number.is_multiple_of(2) { "even" } else { "odd" }.parse().expect("an id"),
        kind: "notice".to_owned(),
        subject: if number < 3 { "a.b".to_owned() } else { String::new() },
        standing: "public".to_owned(),
        validity: vec![
            (Date::constant(1, 1, 1), "not_yet_in_force".to_owned()),
            (Date::constant(2024, 5, 1), "in_force".to_owned()),
            (Date::constant(2026, 1, 1), "repealed".to_owned()),
        ],
        year: 2020 + i16::try_from(number % 3).expect("small"),
        published_at: Timestamp::from_second(i64::try_from(number).expect("small")).expect("early"),
        title: title.to_owned(),
        text: text.to_owned(),
        attachments: String::new(),
        numbers: vec![format!("某政发#2025#{number}"), format!("2025#{number}")],
        cited: Vec::new(),
        index_number: format!("11999900mb{number:07}x/2025-{number:05}"),
    }
}

const TITLES: [&str; 12] = [
    "关于印发养老服务补贴办法的通知",
    "县商务局政府信息公开指南",
    "依申请公开办事流程",
    "城乡居民最低生活保障标准",
    "义务教育学校招生入学公告",
    "农机购置补贴实施方案",
    "公开工作会议召开",
    "森林防火应急预案(修订)",
    "财政预算执行情况",
    "行政处罚决定书",
    "开工建设项目清单",
    "市政道路改造工程中标公告",
];

fn filled() -> Index {
    let index = Index::in_memory().expect("memory");
    let mut batch = index.begin().expect("a writer");
    for (number, title) in TITLES.iter().enumerate() {
        let text = format!("{title}的正文，第{number}号材料，供公众查阅。");
        batch.put(&entry(number, title, &text)).expect("put");
    }
    index.finish(batch, &mark(1)).expect("finished");
    index
}

fn mark(sequence: i64) -> Mark {
    Mark { sequence, hash: format!("hash-{sequence}") }
}

fn query(parts: Vec<Part>) -> Query {
    Query {
        parts,
        is_open: false,
        filter: Filter::default(),
        sort: Sort::Relevance,
        today: Date::constant(2025, 1, 1),
        skip: 0,
        limit: 20,
    }
}

fn words(text: &str) -> Query {
    query(vec![Part::Words(text.to_owned(), Vec::new())])
}

fn found(index: &Index, query: &Query) -> Vec<usize> {
    let found = index.search(query).expect("an answer");
    let number = |id: &ItemId| id.as_str().trim_start_matches("item-").parse().expect("a number");
    found.ids.iter().map(number).collect()
}

#[test]
fn what_people_type_finds_what_they_mean_first() {
    let index = filled();
    for (typed, wanted) in [
        ("养老服务", 0),
        ("养老", 0),
        ("补贴办法", 0),
        ("商务局", 1),
        ("依申请公开", 2),
        ("低保", usize::MAX),
        ("最低生活保障", 3),
        ("招生", 4),
        ("农机购置", 5),
        ("应急预案", 7),
        ("防火", 7),
        ("预算", 8),
        ("行政处罚", 9),
        ("开工", 10),
        ("中标公告", 11),
    ] {
        let hits = found(&index, &words(typed));
        let first = hits.first().copied().unwrap_or(usize::MAX);
        assert_eq!(first, wanted, "{typed}: {hits:?}");
    }
}

#[test]
fn one_wrong_missing_or_doubled_character_still_finds_the_title() {
    let index = filled();
    for (typed, wanted) in [
        ("养老服物补贴", 0),
        ("商物局", 1),
        ("商务句", 1),
        ("依申靖公开", 2),
        ("最低生保障标准", 3),
        ("义务教教育学校", 4),
        ("森林放火应急预案", 7),
        ("行政处罚绝定书", 9),
    ] {
        let answer = index.search(&words(typed)).expect("an answer");
        assert_eq!(answer.n_exact, 0, "{typed}");
        let hits = found(&index, &words(typed));
        assert_eq!(hits.first(), Some(&wanted), "{typed}: {hits:?}");
    }
}

#[test]
fn every_item_is_found_by_its_whole_title() {
    let index = filled();
    for (number, title) in TITLES.iter().enumerate() {
        let hits = found(&index, &words(title));
        assert_eq!(hits.first(), Some(&number), "{title}");
        let hits = found(&index, &query(vec![Part::Phrase((*title).to_owned())]));
        assert_eq!(hits, [number], "as a phrase: {title}");
    }
}

#[test]
fn a_phrase_finds_what_stands_there_and_nothing_near_it() {
    let index = filled();
    let phrase = |text: &str| found(&index, &query(vec![Part::Phrase(text.to_owned())]));
    assert_eq!(phrase("开工作"), [6], "across the border of words");
    assert_eq!(phrase("养老补贴"), [0_usize; 0]);
}

#[test]
fn a_word_that_is_not_finished_finds_what_begins_with_it() {
    let index = filled();
    let mut begun = words("行政处");
    begun.is_open = true;
    assert_eq!(found(&index, &begun).first(), Some(&9));
    let titles = index.suggest("县商", 5).expect("suggestions");
    assert_eq!(titles.first().map(ItemId::as_str), Some("item-1"));
}

#[test]
fn numbers_of_documents_and_of_the_index_find_their_item() {
    let index = filled();
    let number = |key: &str, short: &str| {
        found(&index, &query(vec![Part::Number(key.to_owned(), short.to_owned())]))
    };
    assert_eq!(number("某政发#2025#4", "2025#4"), [4]);
    assert_eq!(number("2025#4", "2025#4"), [4]);
    assert_eq!(number("他政发#2025#4", "2025#4"), [4], "nearly so, where there is none");
    assert_eq!(found(&index, &words("11999900mb0000005x/2025-00005")).first(), Some(&5));
}

#[test]
fn filters_narrow_and_each_is_counted_without_itself() {
    let index = filled();
    let mut all = words("的");
    all.sort = Sort::Date;
    let everything = index.search(&all).expect("an answer");
    assert_eq!(everything.n_hits, 12);
    assert_eq!(everything.ids[0].as_str(), "item-11", "the latest first");
    assert_eq!(everything.counts.validities["in_force"], 12);
    all.filter.organs = vec!["odd".to_owned()];
    all.filter.year = Some(2020);
    let narrowed = index.search(&all).expect("an answer");
    assert_eq!(narrowed.n_hits, 2);
    assert_eq!(narrowed.counts.organs["even"], 2, "as if organ were not chosen");
    assert_eq!(narrowed.counts.years[&2021], 2, "as if year were not chosen");
    all.filter = Filter { subject: Some("a".to_owned()), ..Filter::default() };
    assert_eq!(index.search(&all).expect("an answer").n_hits, 3, "a class holds its subclasses");
    all.today = Date::constant(2026, 1, 1);
    let later = index.search(&all).expect("an answer");
    assert_eq!(later.counts.validities["repealed"], 3, "validity changes with the day");
}

#[test]
fn pages_follow_each_other_without_gap_or_double() {
    let index = filled();
    let mut query = words("的");
    let all = found(&index, &query);
    query.limit = 5;
    let mut turned = Vec::new();
    for page in 0..3 {
        query.skip = page * 5;
        turned.extend(found(&index, &query));
    }
    assert_eq!(turned, all);
}

#[test]
fn what_is_taken_out_is_gone_and_what_is_put_twice_is_there_once() {
    let index = filled();
    let mut batch = index.begin().expect("a writer");
    batch.remove(&"item-9".parse().expect("an id"));
    batch.put(&entry(8, TITLES[8], "改过的正文")).expect("put");
    assert_eq!(found(&index, &words("行政处罚")), [9], "nothing is seen before it is finished");
    index.finish(batch, &mark(2)).expect("finished");
    assert!(!found(&index, &words("行政处罚")).contains(&9));
    assert_eq!(found(&index, &words("财政预算")), [8]);
    assert_eq!(index.mark(), Some(mark(2)));
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing_and_a_damaged_file_is_told() {
    let directory = std::env::temp_dir().join(format!("gongkai-search-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&directory);
    let index = Index::open(&directory).expect("a new index");
    let mut batch = index.begin().expect("a writer");
    batch.put(&entry(1, TITLES[1], "正文")).expect("put");
    index.finish(batch, &mark(1)).expect("finished");
    let mut lost = index.begin().expect("a writer");
    lost.put(&entry(2, TITLES[2], "正文")).expect("put");
    drop(lost);
    drop(index);
    let index = Index::open(&directory).expect("the same index");
    assert_eq!((index.n_items(), index.mark()), (1, Some(mark(1))));
    drop(index);
    // Files of what was dropped may still lie there; every one is spoilt.
    let files = std::fs::read_dir(&directory).expect("files").flatten().map(|file| file.path());
    let stores: Vec<_> = files.filter(|path| path.extension() == Some("store".as_ref())).collect();
    assert!(!stores.is_empty());
    for path in stores {
        std::fs::write(path, b"damaged").expect("written");
    }
    assert!(matches!(Index::open(&directory), Err(SearchError::Damaged(_))));
    let _ = std::fs::remove_dir_all(&directory);
}

/// Figures that look random and are the same every time.
fn scattered(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    }
}

#[test]
fn any_title_of_words_marks_and_single_characters_finds_its_item() {
    let pieces: Vec<&str> = include_str!("../../../../data/dictionary/terms.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .chain([
            "的", "与", "和", "县", "(", ")", "、", " ", "12", "abc", "-", "\"", "〔", "第", "龘",
        ])
        .collect();
    let mut next = scattered(7);
    let titles: Vec<String> = (0..300)
        .map(|number| {
            let words: String = (0..=next(6)).map(|_| pieces[next(pieces.len())]).collect();
            format!("{words}{number}")
        })
        .collect();
    let index = Index::in_memory().expect("memory");
    let mut batch = index.begin().expect("a writer");
    for (number, title) in titles.iter().enumerate() {
        batch.put(&entry(number, title, "正文")).expect("put");
    }
    index.finish(batch, &mark(1)).expect("finished");
    for (number, title) in titles.iter().enumerate() {
        let runs = title.split_whitespace().filter(|run| is_searchable(run));
        let mut query = query(runs.map(|run| Part::Words(run.to_owned(), Vec::new())).collect());
        query.limit = 300;
        assert!(found(&index, &query).contains(&number), "{title}");
    }
}
