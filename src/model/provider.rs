//! `provider.yaml`: who a provider is and how to reach them.

use super::EvidenceSource;
use crate::yaml::{Id, Placed, Text, shape, words};

words! {
    /// Whether a provider is still there under its name.
    pub enum ProviderStatus ("a status of a provider") {
        /// It operates.
        Operating = "operating",
        /// It has another name now.
        Renamed = "renamed",
        /// It became part of another.
        Merged = "merged",
        /// It ended.
        Ended = "ended",
    }
}

words! {
    /// The kind of a channel.
    pub enum ChannelKind ("a kind of channel") {
        /// A web site.
        Web = "web",
        /// An app.
        App = "app",
        /// A mini program inside another app.
        MiniProgram = "mini-program",
        /// A telephone number.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// An outlet or the account manager.
        Outlet = "outlet",
        /// An agent of the provider.
        Agent = "agent",
        /// A search engine: named so that a standard can forbid it.
        SearchEngine = "search-engine",
    }
}

words! {
    /// Whom a channel serves.
    pub enum ChannelPurpose ("whom a channel serves") {
        /// Merchants; what is meant where nothing is said.
        Merchant = "merchant",
        /// Questions of privacy.
        Privacy = "privacy",
        /// Something else.
        Other = "other",
    }
}

shape! {
    /// A way to reach a provider.
    pub struct Channel ("a channel") {
        /// Its id.
        id: Placed<Id>,
        /// Its kind.
        kind: Placed<ChannelKind>,
        /// Its name.
        label: Text,
        /// The number or address; absent where it exists and we do not know it.
        value: Option<Text>,
        /// Whom it serves.
        r#for: Option<Placed<ChannelPurpose>>,
        /// When it answers.
        hours: Option<Text>,
        /// The source that shows it.
        evidence: Option<Placed<Id>> => "source",
    }
}

impl Channel {
    /// Whether the value is known, and on evidence.
    pub fn is_verified(&self) -> bool {
        self.value.is_some() && self.evidence.is_some()
    }

    /// Whether steps that name a kind of channel mean this one.
    pub fn serves_merchants(&self) -> bool {
        self.r#for
            .as_ref()
            .is_none_or(|purpose| purpose.value == ChannelPurpose::Merchant)
    }
}

shape! {
    /// A provider's legal name.
    pub struct LegalName ("a legal name") {
        /// The name.
        value: Text,
        /// The source that shows it.
        evidence: Option<Placed<Id>> => "source",
    }
}

shape! {
    /// A domain of a provider.
    pub struct Domain ("a domain") {
        /// The host; names below it belong to it.
        host: Text,
        /// The source that shows it.
        evidence: Option<Placed<Id>> => "source",
    }
}

shape! {
    /// A provider as its file says.
    pub struct ProviderDocument ("a provider") {
        /// The name that people know it by.
        name: Text,
        /// The legal name.
        legal_name: Option<LegalName>,
        /// Other names, for finding it; not printed, because nobody has verified them.
        aliases: Vec<Text>,
        /// Its domains.
        domains: Vec<Domain>,
        /// Whether it is still there.
        status: Option<Placed<ProviderStatus>>,
        /// Its sources.
        sources: Vec<EvidenceSource>,
        /// How to reach it.
        channels: Placed<Vec<Channel>>,
    }
}
