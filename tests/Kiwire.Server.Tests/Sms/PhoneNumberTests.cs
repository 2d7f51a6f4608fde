using Kiwire.Server.Sms;

namespace Kiwire.Server.Tests.Sms;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class PhoneNumberTests
{
    [TestCase("+60123456789", null, "+60123456789")]
    [TestCase(" +60 12-345 6789 ", null, "+60123456789")]
    [TestCase("+49 (30) 123.456/78", null, "+493012345678")]
    [TestCase("0060123456789", null, "+60123456789")]
    [TestCase("0012345678987", null, "+12345678987")]
    [TestCase("91\\9191919191", null, "+919191919191")]
    [TestCase("+911234567", null, "+911234567")]
    [TestCase("012-345 6789", "60", "+60123456789")]
    [TestCase("0123456789", "MY", "+60123456789")]
    [TestCase("0123456789", "+60", "+60123456789")]
    [TestCase("123456789", "60", "+60123456789", Description = "the trunk prefix left out")]
    [TestCase("60123456789", "60", "+60123456789", Description = "the plus left out")]
    [TestCase("+31612345678", "60", "+31612345678", Description = "the country is for national numbers only")]
    [TestCase("(212) 555-0123", "US", "+12125550123")]
    [TestCase("1 212 555 0123", "US", "+12125550123")]
    [TestCase("8 916 123 45 67", "RU", "+79161234567")]
    [TestCase("7012345678", "KZ", "+77012345678", Description = "begins with the country's code and is national")]
    [TestCase("77012345678", "KZ", "+77012345678")]
    [TestCase("06 1 234 5678", "HU", "+3612345678")]
    [TestCase("06 1234 5678", "IT", "+390612345678", Description = "Italy keeps the nought")]
    [TestCase("91234567", "SG", "+6591234567")]
    public void Reads_what_people_and_systems_write(string text, string? country, string expected)
    {
        Assert.That(PhoneNumber.TryParse(text, country, out PhoneNumber number, out string? fault), Is.True, fault);
        Assert.That(number.E164, Is.EqualTo(expected));
    }

    [TestCase("", null, "is empty")]
    [TestCase(null, null, "is empty")]
    [TestCase("0123456789", null, "has no country calling code")]
    [TestCase("123456789", null, "has no country calling code")]
    [TestCase("+60123", null, "is too short: 5 digits")]
    [TestCase("+6012345678901234", null, "is too long: 16 digits")]
    [TestCase("+99912345678", null, "begins with no country calling code")]
    [TestCase("+0123456789", null, "begins with no country calling code")]
    [TestCase("+60١٢٣٤٥٦٧٨٩", null, "has a digit that is not one of 0 to 9")]
    [TestCase("+6０123456789", null, "has a digit that is not one of 0 to 9")]
    [TestCase("+60 12 345 67 89 ext 5", null, "has a character that no number has")]
    [TestCase("60+123456789", "60", "has a character that no number has")]
    [TestCase("+60123456789\n", null, null)]
    [TestCase("+601234\n56789", null, "has a character that no number has")]
    [TestCase("\\60123456789", null, "has a character that no number has")]
    [TestCase("+60123456789012345678901234567890123456789012345", null, "has 48 characters")]
    public void Says_what_is_wrong(string? text, string? country, string? fault)
    {
        bool isNumber = PhoneNumber.TryParse(text, country, out PhoneNumber number, out string? found);

        Assert.That(isNumber, Is.EqualTo(fault is null));
        Assert.That(found, fault is null ? Is.Null : Does.StartWith(fault));
        Assert.That(number.Digits, isNumber ? Is.Not.Null : Is.Null);
    }

    [TestCase("+60123456789", "+6012****789")]
    [TestCase("+4915112345678", "+4915******678")]
    [TestCase("+2901234", "+29***34")]
    public void Is_shown_masked(string text, string masked)
    {
        PhoneNumber number = SmsSamples.Phone(text);

        Assert.That((number.Masked, number.ToString()), Is.EqualTo((masked, masked)));
    }

    [Test]
    public void Knows_its_country()
    {
        PhoneNumber number = SmsSamples.Phone("+8801712345678");

        Assert.That((number.Code.Code, number.Code.Countries[0]), Is.EqualTo(("880", "BD")));
    }

    [Test]
    public void Only_numbers_with_an_allowed_prefix_are_admitted()
    {
        DialPrefix[] prefixes = [new DialPrefix("my", "+60 12").Canonical(), new DialPrefix("SG", "0065").Canonical()];
        PhoneNumber mobile = SmsSamples.Phone("+60123456789");
        PhoneNumber landline = SmsSamples.Phone("+60312345678");
        PhoneNumber singapore = SmsSamples.Phone("+6591234567");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(DialPrefix.FindFaults(prefixes, "prefixes"), Is.Empty);
            Assert.That(DialPrefix.Admits(prefixes, mobile), Is.True);
            Assert.That(DialPrefix.Admits(prefixes, landline), Is.False);
            Assert.That(DialPrefix.Admits(prefixes, singapore), Is.True);
            Assert.That(DialPrefix.Admits([], landline), Is.True, "no prefixes, no restriction");
            Assert.That(
                DialPrefix.FindFaults([new("Nowhere", "999")], "prefixes").Single().Message,
                Is.EqualTo("prefixes has the prefix '999' for Nowhere; it must begin with a country calling code and have 1 to 15 digits, such as 60 or 6012."));
        }
    }
}
