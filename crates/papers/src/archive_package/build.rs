//! A package from a case; the same case gives the same bytes.

use gongkai_domain::audit::{self, Algorithm, Link};

use super::{
    Case, EVENTS, FORMAT, INDEX, Index, IndexedEvents, IndexedPaper, MOST_BYTES, MOST_PAPERS,
    README, SUMS, VERSION, container, file_name, sums,
};

/// Why no package was made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BuildError {
    /// A case without a number cannot be found again.
    #[error("案件没有编号，不能生成归档包；请先登记编号")]
    NoNumber,
    /// A case without papers.
    #[error("案件没有任何文书，不能生成归档包；请先核对文书是否齐全")]
    NoPapers,
    /// More papers than a package takes.
    #[error("案件有 {0} 份文书，归档包最多 {MOST_PAPERS} 份；请先合并")]
    TooManyPapers(usize),
    /// More bytes than a package takes.
    #[error("案件的文书共 {0} 字节，归档包最多 {MOST_BYTES} 字节；请压缩其中的图片后再归档")]
    TooLarge(u64),
}

/// Makes the package of a case.
///
/// # Errors
/// When the case is empty or too large.
pub fn build(case: &Case) -> Result<Vec<u8>, BuildError> {
    check(case)?;
    let mut papers: Vec<(String, &[u8])> = Vec::new();
    let mut indexed = Vec::new();
    for (paper, order) in case.papers.iter().zip(1..) {
        let file = file_name(order, &paper.title, &paper.extension);
        indexed.push(IndexedPaper {
            order,
            title: paper.title.clone(),
            file: file.clone(),
            media_type: paper.media_type.clone(),
            size: paper.bytes.len() as u64,
            sha256: audit::digest(&paper.bytes),
            sm3: audit::digest_sm3(&paper.bytes),
        });
        papers.push((file, &paper.bytes));
    }
    let (events, of_events) = chain(case);
    let index = Index {
        format: FORMAT.to_owned(),
        version: VERSION,
        case_number: case.number.clone(),
        title: case.title.clone(),
        agency: case.agency.clone(),
        closed_on: case.closed_on,
        papers: indexed,
        events: of_events,
    };
    let read_me = read_me(&index);
    let mut index =
        serde_json::to_string_pretty(&index).expect("words and numbers can always be written");
    index.push('\n');
    let mut entries: Vec<(String, &[u8])> = vec![
        (README.to_owned(), read_me.as_bytes()),
        (INDEX.to_owned(), index.as_bytes()),
        (EVENTS.to_owned(), events.as_bytes()),
    ];
    entries.extend(papers);
    let sums = sums(entries.iter().map(|(name, bytes)| (name.as_str(), *bytes)));
    entries.push((SUMS.to_owned(), sums.as_bytes()));
    let package = container::write(&entries);
    match package.len() as u64 {
        length if length <= MOST_BYTES => Ok(package),
        length => Err(BuildError::TooLarge(length)),
    }
}

fn check(case: &Case) -> Result<(), BuildError> {
    if case.number.trim().is_empty() {
        return Err(BuildError::NoNumber);
    }
    if case.papers.is_empty() {
        return Err(BuildError::NoPapers);
    }
    if MOST_PAPERS < case.papers.len() {
        return Err(BuildError::TooManyPapers(case.papers.len()));
    }
    let n_bytes = case.papers.iter().map(|paper| paper.bytes.len() as u64).sum();
    if MOST_BYTES < n_bytes { Err(BuildError::TooLarge(n_bytes)) } else { Ok(()) }
}

/// The events as a chain of their own, a line each.
fn chain(case: &Case) -> (String, IndexedEvents) {
    let algorithm = Algorithm::Sm3;
    let mut text = String::new();
    let mut last: Option<Link> = None;
    for event in &case.events {
        let link = Link::seal(last.as_ref(), event.clone(), algorithm);
        let line = serde_json::to_string(&link).expect("words and numbers can always be written");
        text.push_str(&line);
        text.push('\n');
        last = Some(link);
    }
    let events = IndexedEvents {
        file: EVENTS.to_owned(),
        count: case.events.len(),
        algorithm,
        last: last.map(|link| link.hash).unwrap_or_default(),
        sha256: audit::digest(text.as_bytes()),
        sm3: audit::digest_sm3(text.as_bytes()),
    };
    (text, events)
}

/// How to check by hand, in words for whoever opens the package in many years.
fn read_me(index: &Index) -> String {
    let Index { case_number, title, agency, closed_on, papers, events, .. } = index;
    let list: String =
        papers.iter().map(|paper| format!("  {:>3}. {}\n", paper.order, paper.title)).collect();
    format!(
        "政府信息公开申请案件归档包\n\
         \n\
         编号：{case_number}\n\
         事项：{title}\n\
         机关：{agency}\n\
         办结：{closed_on}\n\
         文书：{} 份，记录：{} 条\n\
         \n\
         一、包内有什么\n\
         {README}      本说明\n\
         {INDEX}      目录：编号、文书的次序、标题、类型、字节数和两种校验值（SHA-256、SM3）\n\
         {EVENTS}    办理过程，每行一条，逐条用 SM3 相连，改动任何一条都看得出来\n\
         papers/         文书，文件名开头是次序\n\
         {SUMS}      以上各文件的 SHA-256\n\
         \n\
         二、怎样核对\n\
         1. 用本系统：gongkai request verify-package 归档包.zip\n\
         2. 不用本系统：解压后在该文件夹里运行 sha256sum -c {SUMS}\n\
         \x20  每一行都显示“OK”（或“成功”），文件就没有改动。\n\
         3. 再把整个归档包的 SHA-256 与登记时记下的相比，就知道是不是当初的那一份：\n\
         \x20  sha256sum 归档包.zip\n\
         \n\
         三、文书\n\
         {list}",
        papers.len(),
        events.count,
    )
}
