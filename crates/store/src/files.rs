//! Files by the hash of their content: in a directory, or in an S3-compatible store.

use crate::StoreError;
use bytes::Bytes;
use futures::StreamExt;
use gongkai_domain::audit::digest;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// How often a store that does not answer is asked again, and for how long in all. Our own choice: a
/// page waits no longer than people do.
const RETRIES: usize = 3;
const LONGEST_RETRY: Duration = Duration::from_secs(20);

/// The files of the installation.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

/// A file that is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Its name: the hash that its content should have.
    pub digest: String,
    /// Its size in bytes.
    pub n_bytes: u64,
}

impl Files {
    /// Files in a directory, which is made when it is not there.
    ///
    /// # Errors
    /// When the directory cannot be made or used.
    pub fn in_directory(directory: &std::path::Path) -> Result<Self, StoreError> {
        let unusable = |error: std::io::Error| {
            StoreError::Address(directory.display().to_string(), error.to_string())
        };
        std::fs::create_dir_all(directory).map_err(unusable)?;
        let files = LocalFileSystem::new_with_prefix(directory)?;
        // What was acknowledged is on the disk.
        let files = files.with_automatic_cleanup(true).with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// Files in an S3-compatible store at `s3://bucket/prefix`. Where it is and what opens it stand in
    /// `settings`, by the usual names of the environment (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID` …);
    /// unknown ones are passed over. Nothing is asked of the store yet.
    ///
    /// # Errors
    /// When the address names no bucket, or a setting cannot be used.
    pub fn in_bucket(
        address: &str,
        settings: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, StoreError> {
        let wrong = |reason: &str| StoreError::FilesAddress(address.to_owned(), reason.to_owned());
        let rest = address.strip_prefix("s3://").ok_or_else(|| wrong("应写成 s3://桶/前缀"))?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(wrong("没有写桶的名称，应写成 s3://桶/前缀"));
        }
        let retries = RetryConfig {
            max_retries: RETRIES,
            retry_timeout: LONGEST_RETRY,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new().with_bucket_name(bucket).with_retry(retries);
        for (name, value) in settings {
            if let Ok(key) = name.to_ascii_lowercase().parse::<AmazonS3ConfigKey>() {
                builder = builder.with_config(key, value);
            }
        }
        let files = builder.build().map_err(|error| wrong(&error.to_string()))?;
        Ok(Self(match prefix.trim_matches('/') {
            "" => Arc::new(files),
            prefix => Arc::new(PrefixStore::new(files, prefix)),
        }))
    }

    /// Asks the store for a sign of life.
    ///
    /// # Errors
    /// When it does not answer, or does not let us in.
    pub async fn look(&self) -> Result<(), StoreError> {
        self.0.list(Some(&Path::from("00"))).next().await.transpose()?;
        Ok(())
    }

    /// Every file that is there; what does not look like one of ours is passed over.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn all(&self) -> Result<Vec<Kept>, StoreError> {
        let mut found = Vec::new();
        let mut listed = self.0.list(None);
        while let Some(each) = listed.next().await.transpose()? {
            let name = each.location.filename().unwrap_or_default();
            let is_ours = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_ours && Self::path(name) == each.location {
                found.push(Kept { digest: name.to_owned(), n_bytes: each.size });
            }
        }
        found.sort_by(|one, other| one.digest.cmp(&other.digest));
        Ok(found)
    }

    fn path(digest: &str) -> Path {
        let (folder, _) = digest.split_at(digest.len().min(2));
        Path::from(format!("{folder}/{digest}"))
    }

    /// Keeps a content and answers its name; keeping the same twice keeps it once.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn keep(&self, content: Bytes) -> Result<String, StoreError> {
        let name = digest(&content);
        let path = Self::path(&name);
        if self.0.head(&path).await.is_err() {
            self.0.put(&path, content.into()).await?;
        }
        Ok(name)
    }

    /// The content with this name; `None` when it is not there.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn read(&self, digest: &str) -> Result<Option<Bytes>, StoreError> {
        match self.0.get(&Self::path(digest)).await {
            Ok(found) => Ok(Some(found.bytes().await?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes a content away; one that is not there is none.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn remove(&self, digest: &str) -> Result<(), StoreError> {
        match self.0.delete(&Self::path(digest)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether a content of this name is there.
    ///
    /// # Errors
    /// When the store refuses.
    pub async fn holds(&self, digest: &str) -> Result<bool, StoreError> {
        match self.0.head(&Self::path(digest)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
