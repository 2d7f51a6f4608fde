using System.Reflection;
using System.Runtime.CompilerServices;
using Kiwire.Radius.Attributes;
using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

/// <summary>The dictionaries that come with the library, and the keys generated from them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BuiltInDictionaryTests
{
    [Test]
    public void Ours_load_without_an_error_under_the_strict_rules()
    {
        RadiusDictionary dictionary = RadiusDictionary.BuiltIn;

        TestContext.Out.WriteLine($"{dictionary.Attributes.Count} attributes and {dictionary.ValueCount} values of {dictionary.Vendors.Count} vendors.");
        Assert.That(dictionary.Attributes, Has.Count.GreaterThan(850));
    }

    [TestCase("WISPr", 14122u)]
    [TestCase("Mikrotik", 14988u)]
    [TestCase("ChilliSpot", 14559u)]
    [TestCase("Cisco", 9u)]
    [TestCase("Airespace", 14179u)]
    [TestCase("Aruba", 14823u)]
    [TestCase("Ruckus", 25053u)]
    [TestCase("Huawei", 2011u)]
    [TestCase("H3C", 25506u)]
    [TestCase("Fortinet", 12356u)]
    [TestCase("Cambium", 17713u)]
    [TestCase("Nomadix", 3309u)]
    [TestCase("Microsoft", 311u)]
    [TestCase("pfSense", 13644u)]
    [TestCase("TPLink", 11863u)]
    public void Each_vendor_of_the_list_is_there(string name, uint number)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RadiusDictionary.BuiltIn.TryGetVendor(name, out DictionaryVendor? byName) ? byName.Number : 0, Is.EqualTo(number));
            Assert.That(RadiusDictionary.BuiltIn.TryGetVendor(number, out DictionaryVendor? byNumber) ? byNumber.Name : null, Is.EqualTo(name));
        }
    }

    [TestCase("User-Name", "1")]
    [TestCase("Acct-Status-Type", "40")]
    [TestCase("Acct-Tunnel-Connection", "68")]
    [TestCase("Tunnel-Type", "64")]
    [TestCase("EAP-Message", "79")]
    [TestCase("NAS-IPv6-Address", "95")]
    [TestCase("Error-Cause", "101")]
    [TestCase("Chargeable-User-Identity", "89")]
    [TestCase("Egress-VLANID", "56")]
    [TestCase("Operator-Name", "126")]
    [TestCase("Mobile-Node-Identifier", "145")]
    [TestCase("Extended-Vendor-Specific-6", "246.26")]
    [TestCase("WLAN-AKM-Suite", "188")]
    [TestCase("WISPr-Bandwidth-Max-Down", "26.14122.8")]
    [TestCase("Mikrotik-Rate-Limit", "26.14988.8")]
    [TestCase("ChilliSpot-Max-Total-Gigawords", "26.14559.23")]
    [TestCase("Cambium-Authorize-Bytes-Left", "26.17713.158.2")]
    public void Attributes_of_each_RFC_are_where_it_says(string name, string path)
    {
        Assert.That(RadiusDictionary.BuiltIn.Attribute(name).Path.ToString(), Is.EqualTo(path));
    }

    [TestCase("Service-Type", "Administrative-User", 6u)]
    [TestCase("Acct-Status-Type", "Interim-Update", 3u)]
    [TestCase("Acct-Terminate-Cause", "NAS-Reboot", 11u)]
    [TestCase("NAS-Port-Type", "Wireless-802.11", 19u)]
    [TestCase("Error-Cause", "Session-Context-Not-Found", 503u)]
    [TestCase("Framed-Protocol", "PPP", 1u)]
    [TestCase("Tunnel-Medium-Type", "IEEE-802", 6u)]
    [TestCase("ChilliSpot-Session-State", "NotAuthorized", 2u)]
    public void Values_have_their_numbers(string attribute, string name, uint number)
    {
        Assert.That(RadiusDictionary.BuiltIn.Attribute(attribute).TryGetValue(name, out DictionaryValue? value) ? value.Number : 0, Is.EqualTo(number));
    }

    [Test]
    public void What_carries_credentials_is_secret()
    {
        string[] credentials =
        [
            "User-Password", "CHAP-Password", "EAP-Message", "Tunnel-Password", "MS-CHAP-Response", "MS-CHAP2-Response", "MS-MPPE-Send-Key",
            "MS-MPPE-Recv-Key", "Mikrotik-Wireless-PSK", "Aruba-MPSK-Passphrase",
        ];

        Assert.That(credentials.Where(name => !RadiusDictionary.BuiltIn.Attribute(name).IsSecret), Is.Empty);
    }

    [Test]
    public void Each_generated_key_says_what_the_dictionary_says()
    {
        AttributeKey[] keys =
        [
            .. typeof(Rfc2865).Assembly.GetTypes()
                .Where(type => type.Namespace == typeof(Rfc2865).Namespace && type.IsAbstract && type.IsSealed)
                .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
                .Select(field => field.GetValue(null)).OfType<AttributeKey>(),
        ];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys.Select(key => key.Name), Is.EquivalentTo(RadiusDictionary.BuiltIn.Attributes.Select(attribute => attribute.Name)));
            foreach (AttributeKey key in keys)
            {
                AttributeKey other = RadiusDictionary.BuiltIn.Attribute(key.Name).Key;
                Assert.That((key.Path, key.ValueType, key.IsHidden, key.Concat), Is.EqualTo((other.Path, other.ValueType, other.IsHidden, other.Concat)), key.Name);
            }
        }
    }

    [Test]
    public void The_committed_keys_are_what_Generate_would_write()
    {
        string generated = Generated();
        string[] files = [.. RadiusDictionary.BuiltIn.Attributes.Select(attribute => attribute.Location.File).Distinct()];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.GetFiles(generated, "*.cs").Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(files.Select(KeySource.ClassName)));
            foreach (string file in files)
            {
                using TextReader reader = EmbeddedDictionaries.Instance.Open(file)!;
                string title = reader.ReadLine()!.TrimStart('#').Trim();
                Assert.That(
                    KeySource.Write(RadiusDictionary.BuiltIn, file, title) == File.ReadAllText(Path.Combine(generated, KeySource.ClassName(file) + ".cs")),
                    Is.True, $"{file}: run dotnet run dictionaries/Generate.cs");
            }
        }
    }

    private static string Generated([CallerFilePath] string here = "") =>
        Path.GetFullPath("../../../src/Kiwire.Radius/Attributes/Generated", Path.GetDirectoryName(here)!);
}
