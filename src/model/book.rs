//! Everything, resolved: what the rules decide over and pages are made of.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use super::{
    Allow, Answers, Channel, Choices, Drop, Edition, EvidenceSource, Fact, Guidance, History,
    Image, KnownFault, Material, Mode, Notice, Only, Outcome, ProcedureEdition, ProcedureName,
    ProviderDocument, Question, Release, Retired, Review, Site, Standard, Status, Step,
    Translation, Waiver,
};
use crate::diagnostic::At;
use crate::yaml::{Id, Placed, SitePath, Text};

/// The whole content, resolved and never changed again.
///
/// What could not be read is `None`: it is reported where it stands, and rules do not report what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// `site.yaml`.
    pub site: Option<Site>,
    /// What a reader may be asked.
    pub choices: Choices,
    /// Whether all of `choices.yaml` could be read.
    pub choices_whole: bool,
    /// What a reader may need; `None` where part of it could not be read.
    pub materials: Option<Vec<Material>>,
    /// Shared sources; `None` where part of it could not be read.
    pub sources: Option<Vec<EvidenceSource>>,
    /// Standards by id.
    pub standards: BTreeMap<Id, Option<Standard>>,
    /// Shared guidance, sorted by name.
    pub guidance: Vec<Arc<Guidance>>,
    /// Pictures, sorted by path.
    pub images: Vec<Image>,
    /// Shared procedures that nothing extends.
    pub unextended: Vec<Placed<Id>>,
    /// Shared procedures by id; one that could not be read or merged is not among them.
    pub shared: BTreeMap<Id, SharedProcedure>,
    /// Providers, sorted by id.
    pub providers: Vec<Arc<Provider>>,
    /// Releases, earlier ones first.
    pub releases: Arc<Vec<Release>>,
    /// Whether all releases could be read: only then is it known what readers were promised.
    pub releases_whole: bool,
    /// What the shared procedures allow in their files, each with its file.
    pub shared_allows: Vec<(At, Vec<Allow>)>,
    /// `baseline.yaml`; `None` where there is none, or part of it could not be read.
    pub baseline: Option<Arc<[KnownFault]>>,
    /// What it is a translation of, if it is one. Its releases are those of its original.
    pub translation: Option<Translation>,
    /// Made when first asked for.
    pub(crate) history: Arc<OnceLock<History>>,
}

/// A provider with its procedures.
#[derive(Debug)]
pub struct Provider {
    /// Its id: the folder's name.
    pub id: Id,
    /// The whole `provider.yaml`, or the folder's first file.
    pub at: At,
    /// `provider.yaml`; `None` where part of it could not be read.
    pub document: Option<Arc<ProviderDocument>>,
    /// Its own guidance, sorted by name.
    pub guidance: Vec<Arc<Guidance>>,
    /// Its procedures, sorted by id.
    pub procedures: Vec<Procedure>,
    /// Procedures that are there and could not be read or merged: what they use is not known.
    pub unread: Vec<Id>,
    /// The shared procedures that its files extend, read or not.
    pub extended: Vec<Placed<Id>>,
}

/// A procedure that providers extend.
#[derive(Debug, Clone)]
pub struct SharedProcedure {
    /// The shared procedure that it extends itself.
    pub extends: Option<Id>,
    /// What it says; this very body is that of every provider who changes nothing of it.
    pub body: Arc<Body>,
}

/// A provider's procedure.
#[derive(Debug, Clone)]
pub struct Procedure {
    /// Its id: the file's name.
    pub id: Id,
    /// The whole file.
    pub at: At,
    /// The shared procedure that it extends.
    pub extends: Option<Placed<Id>>,
    /// What it says after merging; shared between providers that change nothing of it.
    pub body: Arc<Body>,
    /// Inherited steps that do not apply.
    pub drops: Vec<Drop>,
    /// The answers that exist here.
    pub only: Option<Only>,
    /// The last review.
    pub reviewed: Option<Review>,
    /// Requirements set aside.
    pub waives: Vec<Waiver>,
    /// Old step ids.
    pub retired: Vec<Retired>,
    /// Old addresses.
    pub formerly: Vec<Placed<SitePath>>,
    /// What becomes of it in a build.
    pub status: Status,
    /// Rules that may be broken here.
    pub allow: Vec<Allow>,
    /// Made when first asked for.
    pub(crate) edition: OnceLock<ProcedureEdition>,
}

/// What a procedure says, merged from the files that it extends.
#[derive(Debug, Clone)]
pub struct Body {
    /// The standard that it must hold to.
    pub standard: Option<Placed<Id>>,
    /// Its title.
    pub title: Option<Text>,
    /// What it is about.
    pub summary: Option<Text>,
    /// What this closes.
    pub ends: Option<Text>,
    /// What stays.
    pub leaves: Option<Text>,
    /// How the checklist is used.
    pub mode: Mode,
    /// `not-possible` where the provider does not offer it.
    pub outcome: Option<Placed<Outcome>>,
    /// Pause points; their steps stand in [`Body::steps`].
    pub phases: Vec<PhaseHeading>,
    /// All steps in order.
    pub steps: Vec<ProcedureStep>,
    /// Notices in order.
    pub notices: Vec<Notice>,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// Facts in order.
    pub facts: Vec<(Placed<Id>, Fact)>,
    /// Every choice with the options that exist here.
    pub domain: Answers,
    /// The domain without the answers that end the guide: every whole way through the procedure.
    pub journeys: Answers,
    /// The choices that are asked, in the order of `choices.yaml`.
    pub asked: Vec<u16>,
    /// Inherited steps that are not here, each with the `drop` or `only` that took it away.
    pub removed: Vec<(Arc<Step>, At)>,
    /// Where an absence is reported.
    pub places: SectionPlaces,
}

/// The heading of a phase.
#[derive(Debug, Clone)]
pub struct PhaseHeading {
    /// Its id.
    pub id: Placed<Id>,
    /// Its title.
    pub title: Option<Text>,
    /// When it is read and by whom.
    pub note: Option<Text>,
}

/// A step of a procedure. Its number is its position from 1: the same on phone, paper and in links.
#[derive(Debug, Clone)]
pub struct ProcedureStep {
    /// What it says.
    pub step: Arc<Step>,
    /// Index into [`Body::phases`].
    pub phase: usize,
    /// Whether the procedure's own file brought it in.
    pub own: bool,
    /// The answers for which it is shown: its condition, within the domain, before any stop that comes earlier.
    pub shown: Answers,
    /// The hash that it has with every provider who says nothing of it; made when first asked for.
    pub(crate) edition: OnceLock<Edition>,
}

/// Where an absence is reported: the key of the file that should have said it.
#[derive(Debug, Clone, Copy)]
pub struct SectionPlaces {
    /// `phases` or `steps`.
    pub steps: At,
    /// `notices`.
    pub notices: At,
    /// `questions`.
    pub questions: At,
    /// `facts`.
    pub facts: At,
}

impl Book {
    /// The editions of all procedures that were ever released.
    pub fn history(&self) -> &History {
        self.history.get_or_init(|| History::of(&self.releases))
    }

    /// The standard that a procedure names, where it exists and could be read.
    pub fn standard_of(&self, body: &Body) -> Option<&Standard> {
        self.standards
            .get(body.standard.as_ref()?.as_str())?
            .as_ref()
    }

    /// A material by id.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials
            .as_ref()?
            .iter()
            .find(|material| material.id.as_str() == id)
    }

    /// A source by id: the provider's own first.
    pub fn source<'a>(&'a self, provider: &'a Provider, id: &str) -> Option<&'a EvidenceSource> {
        let own = provider
            .document
            .iter()
            .flat_map(|document| &document.sources);
        own.chain(self.sources.iter().flatten())
            .find(|source| source.id.as_str() == id)
    }

    /// Guidance by name: the provider's own first.
    pub fn guidance<'a>(&'a self, provider: &'a Provider, id: &str) -> Option<&'a Guidance> {
        find_guidance(&provider.guidance, id).or_else(|| find_guidance(&self.guidance, id))
    }

    /// All guidance: the shared one, then the providers' own.
    pub fn all_guidance(&self) -> impl Iterator<Item = &Guidance> {
        let own = self
            .providers
            .iter()
            .flat_map(|provider| &provider.guidance);
        self.guidance.iter().chain(own).map(|guidance| &**guidance)
    }

    /// The picture that a guidance file shows as `images/NAME`.
    pub fn image(&self, guidance: &Guidance, target: &str) -> Option<&Image> {
        let path = format!("{}/{target}", guidance.folder);
        self.images
            .binary_search_by(|image| image.path.cmp(&path))
            .ok()
            .map(|at| &self.images[at])
    }

    /// For which answers a material is needed at all.
    pub fn material_answers(&self, material: &Material) -> Answers {
        let when = material.when.as_ref();
        when.map_or(Answers::ALL, |when| self.choices.answers(when))
    }

    /// The answers for which a shown step needs a material, a box for each such step.
    pub fn needed_for(&self, body: &Body, material: &Material) -> Vec<Answers> {
        let when = self.material_answers(material);
        let needing = body.steps.iter().filter(|step| {
            let mut needs = step.step.needs().iter();
            needs.any(|need| need.value == material.id.value)
        });
        let boxes = needing.map(|step| step.shown.and(&when));
        boxes.filter(|answers| !answers.is_empty()).collect()
    }

    /// What shown steps need, in the order of `materials.yaml`.
    pub fn packing_list(&self, body: &Body) -> Vec<&Material> {
        let materials = self.materials.iter().flatten();
        materials
            .filter(|material| !self.needed_for(body, material).is_empty())
            .collect()
    }

    /// Guidance that the standard asks for, without what a step shows already.
    pub fn background<'a>(&'a self, body: &'a Body) -> impl Iterator<Item = &'a Placed<Id>> {
        let standard = self.standard_of(body);
        let required = standard.into_iter().flat_map(|standard| &standard.guidance);
        required.filter(|id| {
            let mut steps = body.steps.iter();
            !steps.any(|step| step.step.shows_guidance(id.as_str()))
        })
    }

    /// A provider by id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers
            .binary_search_by(|provider| provider.id.as_str().cmp(id))
            .ok()
            .map(|at| &*self.providers[at])
    }

    /// `suspended` or `retired`, where that is what became of a procedure: its readers should not follow it now.
    pub fn set_aside(&self, provider: &Id, procedure: &Id) -> Option<&'static str> {
        let own = &self.provider(provider.as_str())?.procedures;
        let status = own.iter().find(|own| own.id == *procedure)?.status;
        matches!(status, Status::Suspended | Status::Retired).then_some(status.as_str())
    }

    /// A procedure by name, with its provider.
    pub fn named(&self, name: &ProcedureName) -> Option<(&Provider, &Procedure)> {
        let provider = self.provider(name.provider.as_str())?;
        let procedure = provider
            .procedures
            .iter()
            .find(|own| own.id == name.procedure)?;
        Some((provider, procedure))
    }

    /// Every procedure with its provider, in order.
    pub fn procedures(&self) -> impl Iterator<Item = (&Provider, &Procedure)> {
        self.providers.iter().flat_map(|provider| {
            provider
                .procedures
                .iter()
                .map(move |own| (&**provider, own))
        })
    }

    /// Whether all procedures could be read: only then can anything be said to be used by none.
    pub fn knows_all_procedures(&self) -> bool {
        self.providers
            .iter()
            .all(|provider| provider.unread.is_empty())
    }

    /// The distinct bodies, each with every procedure that has it: what holds for one holds for all of them.
    pub fn bodies(&self) -> Vec<Vec<(&Provider, &Procedure)>> {
        Body::distinct(self.providers.iter().map(|provider| &**provider))
    }
}

fn find_guidance<'a>(guidance: &'a [Arc<Guidance>], id: &str) -> Option<&'a Guidance> {
    guidance
        .binary_search_by(|own| own.id.as_str().cmp(id))
        .ok()
        .map(|at| &*guidance[at])
}

impl Provider {
    /// The channels that a name means: the one with this id, or all for merchants of this kind.
    pub fn channels(&self, name: &str) -> Vec<&Channel> {
        let Some(document) = &self.document else {
            return Vec::new();
        };
        if let Some(channel) = document
            .channels
            .iter()
            .find(|channel| channel.id.as_str() == name)
        {
            return vec![channel];
        }
        document
            .channels
            .iter()
            .filter(|channel| channel.kind.as_str() == name && channel.serves_merchants())
            .collect()
    }

    /// The channels that the names of a `via` mean, each once.
    pub fn via<'a>(&'a self, via: Option<&'a Placed<Vec<Placed<Id>>>>) -> Vec<&'a Channel> {
        let mut channels: Vec<&Channel> = Vec::new();
        for name in via.into_iter().flat_map(|via| &via.value) {
            for channel in self.channels(name.as_str()) {
                if !channels.iter().any(|own| own.at == channel.at) {
                    channels.push(channel);
                }
            }
        }
        channels
    }

    /// The name of one of its procedures.
    pub fn name_of(&self, procedure: &Procedure) -> ProcedureName {
        ProcedureName {
            provider: self.id.clone(),
            procedure: procedure.id.clone(),
        }
    }

    /// `provider/procedure`, as diagnostics name it.
    pub fn subject(&self, procedure: &Procedure) -> String {
        format!("{}/{}", self.id, procedure.id)
    }
}

impl Procedure {
    /// Whether it has pages: drafts have none unless they are asked for.
    pub fn is_built(&self, drafts: bool) -> bool {
        drafts || self.status != Status::Draft
    }
}

impl Body {
    /// The distinct bodies of some providers, each with every procedure that has it.
    pub fn distinct<'b>(
        providers: impl Iterator<Item = &'b Provider>,
    ) -> Vec<Vec<(&'b Provider, &'b Procedure)>> {
        let mut places: HashMap<*const Body, usize> = HashMap::new();
        let mut bodies: Vec<Vec<(&Provider, &Procedure)>> = Vec::new();
        for provider in providers {
            for procedure in &provider.procedures {
                let at = *places
                    .entry(Arc::as_ptr(&procedure.body))
                    .or_insert_with(|| {
                        bodies.push(Vec::new());
                        bodies.len() - 1
                    });
                bodies[at].push((provider, procedure));
            }
        }
        bodies
    }

    /// The position of a step.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.steps
            .iter()
            .position(|step| step.step.id.as_str() == id)
    }

    /// The positions of the steps that cover a requirement.
    pub fn covering(&self, standard: &Standard, requirement: &str) -> Vec<usize> {
        (0..self.steps.len())
            .filter(|at| self.steps[*at].step.covers(standard, requirement))
            .collect()
    }

    /// The choice of answers in which a step covers something: only whole journeys count.
    pub fn journeys_of(&self, step: &ProcedureStep) -> Answers {
        step.shown.and(&self.journeys)
    }
}

impl Step {
    /// Whether it covers a requirement: one that it names, or its own id where it names none.
    pub fn covers(&self, standard: &Standard, requirement: &str) -> bool {
        match &self.covers {
            Some(covers) => covers.iter().any(|id| id.as_str() == requirement),
            None => self.id.as_str() == requirement && standard.requirement(requirement).is_some(),
        }
    }

    /// Whether it or one of its variants shows the guidance of this name.
    pub fn shows_guidance(&self, id: &str) -> bool {
        let variants = self.variants.iter().flat_map(|variants| &variants.value);
        let of_variants = variants.filter_map(|variant| variant.guidance.as_ref());
        let mut shown = self.guidance.iter().chain(of_variants);
        shown.any(|own| own.as_str() == id)
    }

    /// Whether it cannot be undone.
    pub fn is_irreversible(&self) -> bool {
        self.irreversible.as_ref().is_some_and(|it| it.value)
    }

    /// The ids of materials that it needs.
    pub fn needs(&self) -> &[Placed<Id>] {
        self.needs.as_ref().map_or(&[], |needs| &needs.value)
    }
}
