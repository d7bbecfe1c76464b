//! Addresses of the three administrators: organs, people, review chains, the audit log.

use super::Table;
use crate::work;
use crate::work::organs::chains;
use axum::routing::{get, post};
use gongkai_domain::review::{Chain, ReplyChain};

pub(super) fn add(table: Table) -> Table {
    people(table)
        .work("/work/organs", get(work::organs::list))
        .work("/work/organs/new", get(work::organs::new::show))
        .form("/work/organs/new", post(work::organs::new::create))
        .work("/work/organs/{id}", get(work::organs::page::show))
        .form("/work/organs/{id}", post(work::organs::page::change))
        .form("/work/organs/{id}/name", post(work::organs::page::rename))
        .form("/work/organs/{id}/merger", post(work::organs::page::merge))
        .work("/work/organs/{id}/papers", get(work::organs::papers::show))
        .form("/work/organs/{id}/papers/word", post(work::organs::papers::word))
        .work("/work/organs/{id}/papers/seal.png", get(work::organs::papers::picture))
        .form("/work/organs/{id}/papers/seal", post(work::organs::papers::seal))
        .form("/work/organs/{id}/papers/seal/removal", post(work::organs::papers::remove))
        .work("/work/chains", get(chains::list))
        .work("/work/chains/{id}", get(chains::show::<Chain>))
        .form("/work/chains/{id}", post(chains::set::<Chain>))
        .form("/work/chains/{id}/removal", post(chains::remove::<Chain>))
        .work("/work/chains/{id}/replies", get(chains::show::<ReplyChain>))
        .form("/work/chains/{id}/replies", post(chains::set::<ReplyChain>))
        .form("/work/chains/{id}/replies/removal", post(chains::remove::<ReplyChain>))
        .work("/work/tokens", get(work::tokens::show))
        .form("/work/tokens", post(work::tokens::give))
        .form("/work/tokens/{token}/revocation", post(work::tokens::revoke))
        .work("/work/audit", get(work::audit::show))
        .form("/work/audit/export", post(work::audit::export::download))
}

fn people(table: Table) -> Table {
    table
        .work("/work/people", get(work::people::list))
        .work("/work/people/new", get(work::people::new::show))
        .form("/work/people/new", post(work::people::new::create))
        .work("/work/people/{id}", get(work::people::page::show))
        .form("/work/people/{id}/posts", post(work::people::acts::give))
        .form("/work/people/{id}/posts/{post}/end", post(work::people::acts::end))
        .form("/work/people/{id}/password", post(work::people::acts::reset))
        .form("/work/people/{id}/unlocking", post(work::people::acts::unlock))
        .form("/work/people/{id}/closing", post(work::people::acts::close))
        .form("/work/people/{id}/opening", post(work::people::acts::open))
        .form(
            "/work/people/{id}/second-factor-removal",
            post(work::people::acts::second_factor_off),
        )
}
