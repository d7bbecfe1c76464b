//! 依申请公开 for everybody: the form, its receipt, following a request, the statutory clock. Nothing
//! here decides; what may be done the actions say.

pub mod acts;
pub mod case;
pub mod clock;
pub mod clock_api;
pub mod fields;
pub mod files;
pub mod filled;
pub mod form;
pub mod receipt;
pub mod received;
pub mod reply;
pub mod send;
pub mod suggested;
pub mod track;
pub mod visit;
