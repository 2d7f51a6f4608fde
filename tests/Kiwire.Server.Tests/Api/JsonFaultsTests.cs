using System.Text.Json;
using System.Text.Json.Serialization;
using Kiwire.Server.Api;

namespace Kiwire.Server.Tests.Api;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class JsonFaultsTests
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new TextConverter(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    [TestCase("""{"count":"7"}""", "count must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("""{"count":99999999999}""", "count must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("""{"count":1.5}""", "count must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("""{"octets":1e30}""", "octets must be a whole number from -9223372036854775808 to 9223372036854775807.")]
    [TestCase("""{"price":"2.50"}""", "price must be a number.")]
    [TestCase("""{"active":"yes"}""", "active must be true or false.")]
    [TestCase("""{"until":"tomorrow"}""", "until must be a moment such as 2030-12-31T18:00:00Z.")]
    [TestCase("""{"until":7}""", "until must be a moment such as 2030-12-31T18:00:00Z.")]
    [TestCase("""{"shade":"pink"}""", "shade must be one of red, darkBlue.")]
    [TestCase("""{"names":["a",1]}""", "names[1] must be text in double quotes.")]
    [TestCase("""{"named":{"a.b":{"count":true}}}""", "named['a.b'].count must be a whole number from -2147483648 to 2147483647.")]
    [TestCase("""{"named":{"x":{"size":1}}}""", "named.x.size is not known here; known are count, octets, price, active, until, shade, names, named.")]
    [TestCase("""{"a.b":1}""", "a.b is not known here; known are count, octets, price, active, until, shade, names, named.")]
    public void A_fault_names_the_field_and_what_it_may_hold(string body, string expected)
    {
        JsonException fault = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Sample>(body, Options))!;

        Assert.That(JsonFaults.Describe(fault, typeof(Sample), Options).Message, Is.EqualTo(expected));
    }

    private enum Shade
    {
        Red,
        DarkBlue,
    }

    private sealed record Sample
    {
        public int? Count { get; init; }

        public long? Octets { get; init; }

        public decimal? Price { get; init; }

        public bool? Active { get; init; }

        public DateTimeOffset? Until { get; init; }

        public Shade? Shade { get; init; }

        public IReadOnlyList<string>? Names { get; init; }

        public IReadOnlyDictionary<string, Sample>? Named { get; init; }
    }
}
