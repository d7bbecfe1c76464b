//! Whether a package is whole, and the first thing in it that is not; reads nothing but its bytes.

use gongkai_domain::audit::{self, Break, Link};
use serde::Serialize;

use super::{
    EVENTS, FORMAT, INDEX, Index, MOST_BYTES, MOST_PAPERS, PAPERS, README, SUMS, VERSION,
    container, sums,
};

/// What was found out about a package.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Report {
    /// Whether all holds.
    pub holds: bool,
    /// The number of the case; empty when the index could not be read.
    pub case_number: String,
    /// What it is about.
    pub title: String,
    /// How many papers the index names.
    pub n_papers: usize,
    /// How many events the chain has.
    pub n_events: usize,
    /// The SHA-256 of the package, to be compared with the one noted when it was made.
    pub sha256: String,
    /// The first thing that is broken, a Chinese sentence.
    #[serde(serialize_with = "sentence")]
    pub broken: Option<Broken>,
}

fn sentence<S: serde::Serializer>(broken: &Option<Broken>, to: S) -> Result<S::Ok, S::Error> {
    broken.as_ref().map(ToString::to_string).serialize(to)
}

/// What is broken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Broken {
    /// Larger than any package.
    #[error("文件有 {0} 字节，超过归档包的上限 {MOST_BYTES}")]
    TooLarge(u64),
    /// No package, or one whose container was written by another program.
    #[error("不是本系统生成的归档包，或压缩包的结构被改动（可能被其他软件重新压缩过）")]
    Container,
    /// A name that leads out of the folder, or is not where papers stand.
    #[error("包内有不应有的文件名“{0}”")]
    Name(String),
    /// A name twice.
    #[error("包内“{0}”出现了两次")]
    Twice(String),
    /// A file is missing.
    #[error("缺少“{0}”")]
    Missing(String),
    /// A file that the index does not name.
    #[error("多出目录里没有的“{0}”")]
    Extra(String),
    /// The index cannot be read.
    #[error("目录 index.json 读不了：{0}")]
    Index(String),
    /// A version that is not known here.
    #[error("归档包格式是第 {0} 版，本程序只认识第 {VERSION} 版，请用新版程序核对")]
    Version(u32),
    /// The index counts its papers wrongly.
    #[error("目录里第 {expected} 份文书写成了第 {found} 份：次序被改动")]
    Order {
        /// The number that should stand there.
        expected: usize,
        /// The number that does.
        found: usize,
    },
    /// A file stands elsewhere than the index says.
    #[error("包内第 {place} 个文件应是“{expected}”，实际是“{found}”：次序被改动")]
    Place {
        /// Its place in the package, from 1.
        place: usize,
        /// What should stand there.
        expected: String,
        /// What does.
        found: String,
    },
    /// A file is not what the index says.
    #[error("“{file}”的{what}与目录不符：内容被改动")]
    Content {
        /// The file.
        file: String,
        /// Size, SHA-256 or SM3.
        what: &'static str,
    },
    /// `SHA256SUMS` does not fit.
    #[error("“{0}”与 SHA256SUMS 不符：其中之一被改动")]
    Sums(String),
    /// A line of the events is no event.
    #[error("办理记录第 {0} 行读不了")]
    Line(usize),
    /// The chain of the events does not hold.
    #[error("办理记录断裂：{0}")]
    Chain(#[from] Break),
    /// The chain does not end as the index says.
    #[error("办理记录有 {found} 条，目录写明 {expected} 条，或末条校验值不符：有记录缺失或多出")]
    Events {
        /// As the index says.
        expected: usize,
        /// As there are.
        found: usize,
    },
}

/// Looks whether a package is whole.
pub fn verify(package: &[u8]) -> Report {
    let mut report = Report {
        holds: false,
        case_number: String::new(),
        title: String::new(),
        n_papers: 0,
        n_events: 0,
        sha256: audit::digest(package),
        broken: None,
    };
    report.broken = look(package, &mut report).err();
    report.holds = report.broken.is_none();
    report
}

fn look(package: &[u8], report: &mut Report) -> Result<(), Broken> {
    let length = package.len() as u64;
    if MOST_BYTES < length {
        return Err(Broken::TooLarge(length));
    }
    let entries = container::read(package, MOST_PAPERS + 4).ok_or(Broken::Container)?;
    check_names(&entries)?;
    let index = index(&entries)?;
    report.case_number.clone_from(&index.case_number);
    report.title.clone_from(&index.title);
    report.n_papers = index.papers.len();
    check_places(&index, &entries)?;
    for paper in &index.papers {
        let bytes = content(&entries, &paper.file)?;
        check_content(&paper.file, bytes, Some(paper.size), [&paper.sha256, &paper.sm3])?;
    }
    let events = content(&entries, EVENTS)?;
    check_content(EVENTS, events, None, [&index.events.sha256, &index.events.sm3])?;
    report.n_events = check_chain(events, &index)?;
    check_sums(&entries)?;
    if container::is_whole(package, &entries) { Ok(()) } else { Err(Broken::Container) }
}

type Entries<'a> = [container::Entry<&'a [u8]>];

/// No name leads elsewhere, and none stands twice.
fn check_names(entries: &Entries<'_>) -> Result<(), Broken> {
    let is_ours = |name: &str| {
        let paper = name.strip_prefix(PAPERS);
        let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
        [README, INDEX, EVENTS, SUMS].contains(&name)
            || paper.is_some_and(|name| !name.starts_with('.') && name.chars().all(safe))
    };
    let mut seen = std::collections::BTreeSet::new();
    for (name, _) in entries {
        if !is_ours(name) {
            return Err(Broken::Name(name.escape_debug().take(80).collect()));
        }
        // Where small and large letters are one, such names would be one file.
        if !seen.insert(name.to_lowercase()) {
            return Err(Broken::Twice(name.clone()));
        }
    }
    Ok(())
}

fn index(entries: &Entries<'_>) -> Result<Index, Broken> {
    let bytes = content(entries, INDEX)?;
    let wrong = |error: serde_json::Error| Broken::Index(error.to_string());
    let index: Index = serde_json::from_slice(bytes).map_err(wrong)?;
    if index.format != FORMAT {
        return Err(Broken::Index(format!("写明的格式是“{}”", index.format)));
    }
    if index.version != VERSION {
        return Err(Broken::Version(index.version));
    }
    Ok(index)
}

fn content<'a>(entries: &Entries<'a>, name: &str) -> Result<&'a [u8], Broken> {
    let found = entries.iter().find(|(each, _)| each == name);
    found.map(|(_, bytes)| *bytes).ok_or_else(|| Broken::Missing(name.to_owned()))
}

/// Every file stands where the index says, and no other.
fn check_places(index: &Index, entries: &Entries<'_>) -> Result<(), Broken> {
    for (paper, expected) in index.papers.iter().zip(1..) {
        if paper.order != expected {
            return Err(Broken::Order { expected, found: paper.order });
        }
    }
    let papers = index.papers.iter().map(|paper| paper.file.as_str());
    let expected: Vec<&str> =
        [README, INDEX, EVENTS].into_iter().chain(papers).chain([SUMS]).collect();
    for name in &expected {
        content(entries, name)?;
    }
    if let Some((extra, _)) = entries.iter().find(|(name, _)| !expected.contains(&name.as_str())) {
        return Err(Broken::Extra(extra.clone()));
    }
    for (place, ((found, _), expected)) in (1..).zip(entries.iter().zip(expected)) {
        if found != expected {
            let (expected, found) = (expected.to_owned(), found.clone());
            return Err(Broken::Place { place, expected, found });
        }
    }
    Ok(())
}

fn check_content(
    file: &str,
    bytes: &[u8],
    size: Option<u64>,
    [sha256, sm3]: [&String; 2],
) -> Result<(), Broken> {
    let wrong = |what| Err(Broken::Content { file: file.to_owned(), what });
    if size.is_some_and(|size| size != bytes.len() as u64) {
        return wrong("字节数");
    }
    if *sha256 != audit::digest(bytes) {
        return wrong(" SHA-256 ");
    }
    if *sm3 != audit::digest_sm3(bytes) { wrong(" SM3 ") } else { Ok(()) }
}

fn check_chain(events: &[u8], index: &Index) -> Result<usize, Broken> {
    let text = str::from_utf8(events).map_err(|_| Broken::Line(1))?;
    let mut last: Option<Link> = None;
    let mut n_events = 0;
    for line in text.lines() {
        n_events += 1;
        let link: Link = serde_json::from_str(line).map_err(|_| Broken::Line(n_events))?;
        link.verify(last.as_ref())?;
        last = Some(link);
    }
    let hash = last.map(|link| link.hash).unwrap_or_default();
    if n_events != index.events.count || hash != index.events.last {
        return Err(Broken::Events { expected: index.events.count, found: n_events });
    }
    Ok(n_events)
}

fn check_sums(entries: &Entries<'_>) -> Result<(), Broken> {
    let given = content(entries, SUMS)?;
    let others = entries.iter().filter(|(name, _)| name != SUMS);
    let right = sums(others.clone().map(|(name, bytes)| (name.as_str(), *bytes)));
    if given == right.as_bytes() {
        return Ok(());
    }
    let given = String::from_utf8_lossy(given);
    let lines = right.lines().zip(given.lines().chain(std::iter::repeat("")));
    let wrong = lines.zip(others).find(|((right, given), _)| right != given);
    Err(Broken::Sums(wrong.map_or(SUMS.to_owned(), |(_, (name, _))| name.clone())))
}
