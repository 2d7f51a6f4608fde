using System.Text.Json;
using Kiwire.Server.Portal;

namespace Kiwire.Server.Tests.Portal;

/// <summary>The portal's texts are data, which an operator can add to without building.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PortalLanguageTests : IDisposable
{
    private readonly string _own = Directory.CreateTempSubdirectory("kiwire-portal-").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Test]
    public void English_Malay_and_Chinese_are_there() =>
        Assert.That(Load().All.Select(language => (language.Code, language.Tag, language.Name)), Is.EqualTo([("en", "en", "English"), ("ms", "ms", "Bahasa Melayu"), ("zh", "zh-Hans", "中文")]));

    [TestCase(null, "ms-MY,ms;q=0.9,en;q=0.8", "ms")]
    [TestCase(null, "zh-TW", "zh")]
    [TestCase(null, "fr, zh;q=0.3, en;q=0.7", "en")]
    [TestCase(null, "en;q=0, ms;q=0.1", "ms")]
    [TestCase(null, "fr", "ms")]
    [TestCase(null, "", "ms")]
    [TestCase(null, null, "ms")]
    [TestCase(null, "en;q=x,;;,zh;q=0.1;x", "ms")]
    [TestCase("zh", "en", "zh")]
    [TestCase("xx", "zh", "zh")]
    public void The_chosen_language_wins_then_the_browsers_then_the_operators(string? chosen, string? accepted, string code) =>
        Assert.That(Load().Choose(chosen, accepted, "ms").Code, Is.EqualTo(code));

    [Test]
    public void Without_any_of_these_it_is_English() => Assert.That(Load().Choose(null, "fr", "xx").Code, Is.EqualTo("en"));

    [Test]
    public void An_operators_file_takes_the_place_of_texts()
    {
        Write("mine.json", """{ "language": "ms", "name": "BM", "texts": { "connect": "Jom!" } }""");

        PortalLanguage malay = Load().Choose("ms", null, "");

        Assert.That((malay.Name, malay[PortalText.Connect], malay[PortalText.SendCode]), Is.EqualTo(("BM", "Jom!", "Hantar kod kepada saya")));
    }

    [Test]
    public void An_operators_file_adds_a_language_which_must_be_whole()
    {
        Dictionary<string, string> texts = Load().Choose("en", null, "").Texts.ToDictionary(pair => JsonNamingPolicy.CamelCase.ConvertName(pair.Key.ToString()), pair => pair.Value);
        Write("ar.json", JsonSerializer.Serialize(new { language = "ar", name = "العربية", rightToLeft = true, texts }));

        PortalLanguage arabic = Load().Choose(null, "ar-SA", "");

        Assert.That((arabic.Tag, arabic.RightToLeft), Is.EqualTo(("ar", true)));
        Write("ar.json", """{ "language": "ar", "name": "x", "texts": {} }""");
        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains("texts has no addressAdvice, addressRefused, codeGone").And.Message.Contains("must have all."));
    }

    [TestCase("""{ "language": "EN", "name": "x", "texts": {} }""", "language is \"EN\"; it must be an ISO 639 code")]
    [TestCase("""{ "language": "en", "name": "", "texts": {} }""", "name has 0 characters; it must have 1 to 40.")]
    [TestCase("""{ "language": "en", "name": "x", "tag": "en_GB", "texts": {} }""", "tag is \"en_GB\"; it must be a language tag")]
    [TestCase("""{ "language": "en", "name": "x", "texts": { "conect": "x" } }""", "texts.conect is not known; known are addressAdvice,")]
    [TestCase("""{ "language": "en", "name": "x", "texts": { "connect": "" } }""", "texts.connect has 0 characters; it must have 1 to 500.")]
    [TestCase("""{ "language": "en", "name": "x", "texts": { "connect": "Go, {name}" } }""", "texts.connect has {name}; in braces may stand nothing.")]
    [TestCase("""{ "language": "en", "name": "x", "texts": { "codeSent": "{phone}" } }""", "texts.codeSent has {phone}; in braces may stand {recipient}.")]
    [TestCase("""{ "language": "en", "name": "x", "text": {} }""", "text")]
    [TestCase("""[""", "mine.json:")]
    public void A_fault_says_the_file_what_is_wrong_and_what_would_be_right(string json, string fault)
    {
        Write("mine.json", json);

        Assert.That(Load, Throws.TypeOf<StartUpException>().With.Message.Contains("mine.json").And.Message.Contains(fault));
    }

    private void Write(string name, string json) => File.WriteAllText(Path.Combine(_own, name), json);

    private PortalLanguages Load() => PortalLanguageLoader.Load(PortalLanguageLoader.BuiltInFolder, _own);
}
