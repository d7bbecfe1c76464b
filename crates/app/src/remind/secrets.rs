//! What is needed to send and stands in the environment alone: the password of the mail server and the
//! secret of the webhook.

/// The secrets of sending.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secrets {
    /// `GONGKAI_SMTP_PASSWORD`; empty where it is not set.
    pub smtp_password: String,
    /// `GONGKAI_WEBHOOK_SECRET`; empty where it is not set.
    pub webhook: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl Secrets {
    /// Those of the environment.
    pub fn of_environment() -> Self {
        let read = |name: &str| std::env::var(name).unwrap_or_default();
        Self {
            smtp_password: read("GONGKAI_SMTP_PASSWORD"),
            webhook: read("GONGKAI_WEBHOOK_SECRET"),
        }
    }
}
