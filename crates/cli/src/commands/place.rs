//! Opening the installation that the options name.

use crate::args::PlaceOptions;
use gongkai_app::clock::Clock;
use gongkai_app::start::{Opened, Place, StartError, open};

/// Where the options say that the installation is.
pub fn of(options: &PlaceOptions) -> Place {
    Place {
        data: options.data.clone(),
        database: options.database.clone(),
        files: options.files.clone(),
        address: None,
    }
}

/// Opens an installation that is there: a mistyped directory is no new installation.
///
/// # Errors
/// When there is none, or it cannot be opened.
pub async fn opened(options: &PlaceOptions) -> Result<Opened, StartError> {
    let place = of(options);
    if place.database_to_read().is_none() {
        return Err(StartError::NoDatabase(place.data.display().to_string()));
    }
    open(&place, Clock::Machine).await
}
