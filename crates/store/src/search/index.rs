//! The index on disk or in memory: opening, changing, and how far it has followed the database.

use super::fields::{Fields, LAYOUT, START, register, schema};
use super::gather::Gather;
use super::grams::{Reach, grams};
use super::{Entry, Found, Query, SearchError, Sort, ask};
use gongkai_domain::id::ItemId;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Mutex;
use tantivy::collector::TopDocs;
use tantivy::schema::Value;
use tantivy::{
    DocAddress, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term,
};

/// How far the index has followed the database: the last event whose effects it holds. The hash of
/// that event tells whether the database is still the same one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Mark {
    /// The number of the event; 0 before the first.
    pub sequence: i64,
    /// Its hash; empty before the first.
    pub hash: String,
}

#[derive(Serialize, Deserialize)]
struct Payload {
    layout: u32,
    mark: Mark,
}

/// The index.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    mark: Mutex<Option<Mark>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("mark", &self.mark).finish_non_exhaustive()
    }
}

/// The memory for terms while an index is written, in bytes.
const WRITER_BYTES: usize = 48 << 20;
/// Fewer exact hits than this, and slips of typing are allowed for.
const FEW: u64 = 3;

impl Index {
    /// Opens the index in a directory; an empty directory becomes an empty index.
    ///
    /// # Errors
    /// When what is there is damaged or of another layout, or the directory cannot be used.
    pub fn open(directory: &Path) -> Result<Self, SearchError> {
        // The library panics over a file that was cut off; that is damage like any other.
        let opened = std::panic::catch_unwind(|| Self::open_checked(directory));
        opened.unwrap_or_else(|_| Err(SearchError::Damaged("有文件残缺不全".to_owned())))
    }

    fn open_checked(directory: &Path) -> Result<Self, SearchError> {
        std::fs::create_dir_all(directory)?;
        let (schema, fields) = schema();
        if !directory.join("meta.json").exists() {
            return Self::around(tantivy::Index::create_in_dir(directory, schema)?, fields);
        }
        let damaged = |error: tantivy::TantivyError| SearchError::Damaged(error.to_string());
        let index = tantivy::Index::open_in_dir(directory).map_err(damaged)?;
        if index.schema() != schema {
            return Err(SearchError::Damaged("字段与本版本不同".to_owned()));
        }
        if let Some(file) = index.validate_checksum().map_err(damaged)?.into_iter().next() {
            return Err(SearchError::Damaged(format!("文件 {} 校验不符", file.display())));
        }
        Self::around(index, fields).map_err(|error| SearchError::Damaged(error.to_string()))
    }

    /// An index in memory.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn in_memory() -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        Self::around(tantivy::Index::create_in_ram(schema), fields)
    }

    fn around(index: tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        register(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let payload = index.load_metas()?.payload;
        let payload: Option<Payload> = payload.and_then(|text| serde_json::from_str(&text).ok());
        let mark = payload.filter(|payload| payload.layout == LAYOUT).map(|payload| payload.mark);
        Ok(Self { index, reader, fields, mark: Mutex::new(mark) })
    }

    /// How far it has followed the database; `None` when it was never filled.
    pub fn mark(&self) -> Option<Mark> {
        self.mark.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// How many items it holds.
    pub fn n_items(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Begins to change it; nothing is seen of it before [`Batch::finish`], and nothing is left of
    /// it when it is dropped before. Only one at a time.
    ///
    /// # Errors
    /// When another one is under way, or the disk refuses.
    pub fn begin(&self) -> Result<Batch, SearchError> {
        let writer = self.index.writer_with_num_threads(1, WRITER_BYTES)?;
        Ok(Batch { writer, fields: self.fields })
    }

    /// Makes a batch last and seen. The items and how far they are stand in one and the same commit:
    /// after a crash they agree.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn finish(&self, batch: Batch, mark: &Mark) -> Result<(), SearchError> {
        let Batch { mut writer, .. } = batch;
        let payload = Payload { layout: LAYOUT, mark: mark.clone() };
        let payload = serde_json::to_string(&payload).expect("a payload has text keys");
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&payload);
        commit.commit()?;
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        *self.mark.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(mark.clone());
        Ok(())
    }

    /// Searches. Where few items hold exactly what was asked, those that nearly do come behind them.
    ///
    /// # Errors
    /// When the files of the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Found, SearchError> {
        let searcher = self.reader.searcher();
        let asked = ask::Asked::of(&self.fields, query);
        let exact = self.gather(&searcher, query, &*asked.exact())?;
        let n_exact = exact.n_hits;
        let (gathered, marks) = if exact.n_matching < FEW {
            let tolerant = asked.tolerant(exact.n_matching == 0);
            (self.gather(&searcher, query, &*tolerant)?, asked.marks(true))
        } else {
            (exact, asked.marks(false))
        };
        let addresses = gathered.page(query.skip, query.limit);
        let ids = self.ids(&searcher, addresses)?;
        Ok(Found { ids, n_hits: gathered.n_hits, n_exact, counts: gathered.counts, marks })
    }

    fn gather(
        &self,
        searcher: &Searcher,
        query: &Query,
        asked: &dyn tantivy::query::Query,
    ) -> Result<super::gather::Gathered, SearchError> {
        let gather = Gather {
            filter: query.filter.clone(),
            today: query.today,
            by_date: query.sort == Sort::Date,
        };
        Ok(searcher.search(asked, &gather)?)
    }

    /// Items whose title begins with this, or holds it; the former first.
    ///
    /// # Errors
    /// When the files of the index cannot be read.
    pub fn suggest(&self, text: &str, limit: usize) -> Result<Vec<ItemId>, SearchError> {
        let searcher = self.reader.searcher();
        let Some(asked) = ask::suggestion(&self.fields, text) else { return Ok(Vec::new()) };
        let top = TopDocs::with_limit(limit).order_by_score();
        let hits = searcher.search(&*asked, &top)?;
        self.ids(&searcher, hits.into_iter().map(|(_, address)| address).collect())
    }

    fn ids(
        &self,
        searcher: &Searcher,
        addresses: Vec<DocAddress>,
    ) -> Result<Vec<ItemId>, SearchError> {
        let mut ids = Vec::with_capacity(addresses.len());
        for address in addresses {
            let document: TantivyDocument = searcher.doc(address)?;
            let id = document.get_first(self.fields.id).and_then(|value| value.as_str());
            let id = id.and_then(|id| id.parse().ok());
            ids.push(id.ok_or_else(|| SearchError::Damaged("条目没有标识".to_owned()))?);
        }
        Ok(ids)
    }
}

/// Changes that are not seen yet.
pub struct Batch {
    writer: IndexWriter,
    fields: Fields,
}

impl Batch {
    /// Takes everything out: the index is built anew.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn clear(&mut self) -> Result<(), SearchError> {
        self.writer.delete_all_documents()?;
        Ok(())
    }

    /// Takes an item out; one that is not there is no error.
    pub fn remove(&mut self, id: &ItemId) {
        self.writer.delete_term(Term::from_field_text(self.fields.id, id.as_str()));
    }

    /// Puts an item in, in place of what was there of it.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn put(&mut self, entry: &Entry) -> Result<(), SearchError> {
        self.remove(&entry.id);
        self.writer.add_document(document(&self.fields, entry))?;
        Ok(())
    }
}

fn document(fields: &Fields, entry: &Entry) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let mut add = |field, text: &str| document.add_text(field, text);
    add(fields.id, entry.id.as_str());
    for field in [fields.title, fields.title_pairs, fields.title_gapped] {
        add(field, &entry.title);
    }
    add(fields.title_start, &start(&entry.title));
    add(fields.text, &entry.text);
    add(fields.text_pairs, &entry.text);
    if !entry.attachments.is_empty() {
        add(fields.attachments, &entry.attachments);
        add(fields.text_pairs, &entry.attachments);
    }
    entry.numbers.iter().for_each(|number| add(fields.numbers, number));
    entry.cited.iter().for_each(|number| add(fields.cited, number));
    add(fields.index_number, &entry.index_number);
    add(fields.organ, entry.organ.as_str());
    add(fields.kind, &entry.kind);
    add(fields.subject, &entry.subject);
    add(fields.standing, &entry.standing);
    let validity: Vec<_> = entry.validity.iter().map(|(day, key)| format!("{day}={key}")).collect();
    add(fields.validity, &validity.join(";"));
    document.add_u64(fields.year, u64::try_from(entry.year).unwrap_or(0));
    document.add_i64(fields.published_at, entry.published_at.as_millisecond());
    document
}

/// The letters, figures and characters that a title begins with.
pub fn start(title: &str) -> String {
    title.chars().filter(|character| character.is_alphanumeric()).take(START).collect()
}

/// Whether there is anything in a text that can be searched for.
pub fn is_searchable(text: &str) -> bool {
    !grams(text, Reach::Next).is_empty()
}
