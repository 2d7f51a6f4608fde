using Kiwire.Server.Sms;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Templates, and how long their messages are on the air.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class MessageTextTests
{
    private static IEnumerable<TestCaseData> Lengths()
    {
        yield return new TestCaseData("", SmsAlphabet.Gsm7, 0, 1);
        yield return new TestCaseData("Your code is 123456", SmsAlphabet.Gsm7, 19, 1);
        yield return new TestCaseData(new string('a', 160), SmsAlphabet.Gsm7, 160, 1);
        yield return new TestCaseData(new string('a', 161), SmsAlphabet.Gsm7, 161, 2);
        yield return new TestCaseData(new string('a', 306), SmsAlphabet.Gsm7, 306, 2);
        yield return new TestCaseData(new string('a', 307), SmsAlphabet.Gsm7, 307, 3);
        yield return new TestCaseData("@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n", SmsAlphabet.Gsm7, 42, 1);
        yield return new TestCaseData("^{}\\[~]|€\f", SmsAlphabet.Gsm7, 20, 1);
        yield return new TestCaseData(new string('€', 80), SmsAlphabet.Gsm7, 160, 1);
        yield return new TestCaseData(new string('€', 81), SmsAlphabet.Gsm7, 162, 2);

        // 152 septets and an escaped character: the pair begins the next part, which then has no room for all of the rest.
        yield return new TestCaseData(new string('a', 152) + "€" + new string('a', 151), SmsAlphabet.Gsm7, 305, 2);
        yield return new TestCaseData(new string('a', 152) + "€" + new string('a', 152), SmsAlphabet.Gsm7, 306, 3);
        yield return new TestCaseData("ç", SmsAlphabet.Ucs2, 1, 1);
        yield return new TestCaseData("`", SmsAlphabet.Ucs2, 1, 1);
        yield return new TestCaseData("您的验证码是 123456", SmsAlphabet.Ucs2, 13, 1);
        yield return new TestCaseData(new string('验', 70), SmsAlphabet.Ucs2, 70, 1);
        yield return new TestCaseData(new string('验', 71), SmsAlphabet.Ucs2, 71, 2);
        yield return new TestCaseData(new string('验', 134), SmsAlphabet.Ucs2, 134, 2);
        yield return new TestCaseData(new string('验', 135), SmsAlphabet.Ucs2, 135, 3);
        yield return new TestCaseData(new string('验', 66) + "😀" + new string('验', 66), SmsAlphabet.Ucs2, 134, 3);
    }

    [TestCaseSource(nameof(Lengths))]
    public void Counts_units_and_segments(string text, SmsAlphabet alphabet, int units, int segments) =>
        Assert.That(SmsLength.Of(text), Is.EqualTo(new SmsLength(alphabet, units, segments)));

    [Test]
    public void Fills_in_variables_once()
    {
        MessageTemplate template = MessageTemplate.Parse("{{{tenant}}}: {code} is good for {minutes} min, {code}.", out _)!;

        string text = template.Fill(new Dictionary<string, string> { ["tenant"] = "{code}", ["code"] = "12{minutes}34", ["minutes"] = "5" });

        Assert.That(text, Is.EqualTo("{{code}}: 12{minutes}34 is good for 5 min, 12{minutes}34."));
        Assert.That(template.Variables, Is.EqualTo(new[] { "tenant", "code", "minutes" }));
    }

    [Test]
    public void Says_which_values_are_missing() =>
        Assert.That(MessageTemplate.Parse("{code} {minutes}", out _)!.FindMissing(new Dictionary<string, string> { ["code"] = "1" }), Is.EqualTo(new[] { "minutes" }));

    [TestCase("", "is empty")]
    [TestCase("  ", "is empty")]
    [TestCase("Hello {name}", "has '{name}', which is no variable; variables are {code}, {minutes}")]
    [TestCase("Hello {Code}", "has '{Code}', which is no variable")]
    [TestCase("Hello {code", "has a single '{'")]
    [TestCase("Hello code}", "has a single '}'")]
    [TestCase("Hello {}", "has '{}', which is no variable")]
    public void Says_what_is_wrong_with_a_template(string text, string fault)
    {
        Assert.That(MessageTemplate.Parse(text, out string? found), Is.Null);
        Assert.That(found, Does.StartWith(fault));
    }

    [Test]
    public void A_template_is_bounded() => Assert.That(MessageTemplate.Parse(new string('a', 1601), out _), Is.Null);
}
