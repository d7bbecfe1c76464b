//! Files by the hash of their content: in a directory, or in an S3-compatible store.

use crate::StoreError;
use bytes::Bytes;
use gongkai_domain::audit::digest;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use std::sync::Arc;

/// The files of the installation.
#[derive(Clone, Debug)]
pub struct Files(Arc<dyn ObjectStore>);

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
        let files = LocalFileSystem::new_with_prefix(directory)?.with_automatic_cleanup(true);
        Ok(Self(Arc::new(files)))
    }

    /// Files in an S3-compatible store: bucket, and the usual `AWS_…` settings of the environment.
    ///
    /// # Errors
    /// When the settings do not name a store.
    pub fn in_bucket(bucket: &str) -> Result<Self, StoreError> {
        let files = AmazonS3Builder::from_env().with_bucket_name(bucket).build()?;
        Ok(Self(Arc::new(files)))
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
}
