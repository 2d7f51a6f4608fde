using Kiwire.Radius.Dictionaries;

namespace Kiwire.Radius.Tests.Dictionaries;

[Parallelizable(ParallelScope.All)]
public sealed class KeySourceTests
{
    [Test]
    public void Writes_keys_and_enumerations()
    {
        RadiusDictionary dictionary = RadiusDictionary.Load(DictionaryLoads.Texts(("dictionary.acme", """
            ATTRIBUTE  Extended-Attribute-1  241  extended
            ATTRIBUTE  Far-Thing             241.2  ipaddr
            VENDOR  Acme  4711
            BEGIN-VENDOR  Acme
            ATTRIBUTE  Acme-Mode       1    byte                   # a < b & c.
            VALUE      Acme-Mode       802.1x-Mode  1
            VALUE      Acme-Mode       IP-or-MAC    2
            ATTRIBUTE  Acme-8021p-Tag  2    string  has_tag,encrypt=2
            ATTRIBUTE  Acme-Group      3    tlv
            ATTRIBUTE  Acme-Group-ID   3.4  octets[4]
            END-VENDOR  Acme
            """)), "dictionary.acme");

        Assert.That(KeySource.Write(dictionary, "dictionary.acme", "Acme (vendor 4711)", "Some.Where"), Is.EqualTo("""
            // Written by dictionaries/Generate.cs from dictionary.acme: change that, and run it again.
            #nullable enable
            using System.Net;
            using Kiwire.Radius.Attributes;

            namespace Some.Where;

            /// <summary>Acme (vendor 4711).</summary>
            public static class Acme
            {
                /// <summary>Extended-Attribute-1 (241): extended.</summary>
                public static readonly AttributeKey<byte[]> ExtendedAttribute1 =
                    new("Extended-Attribute-1", AttributePath.Standard(241), Codecs.Extended);

                /// <summary>Far-Thing (241.2): ipaddr.</summary>
                public static readonly AttributeKey<IPAddress> FarThing =
                    new("Far-Thing", AttributePath.Extended(241, 2), Codecs.IPv4Address);

                /// <summary>Acme-Mode (26.4711.1): byte; a &lt; b &amp; c.</summary>
                public static readonly AttributeKey<byte> Mode =
                    new("Acme-Mode", AttributePath.OfVendor(4711, 1), Codecs.Byte);

                /// <summary>Acme-8021p-Tag (26.4711.2): string, tagged, hidden as TunnelPassword.</summary>
                public static readonly AttributeKey<Tagged<string>> Acme8021pTag =
                    new("Acme-8021p-Tag", AttributePath.OfVendor(4711, 2), Codecs.Tagged(Codecs.Hidden(HiddenAs.TunnelPassword, Codecs.Text)));

                /// <summary>Acme-Group (26.4711.3): tlv.</summary>
                public static readonly AttributeKey<byte[]> Group =
                    new("Acme-Group", AttributePath.OfVendor(4711, 3), Codecs.Tlv);

                /// <summary>Acme-Group-ID (26.4711.3.4): octets[4].</summary>
                public static readonly AttributeKey<byte[]> GroupId =
                    new("Acme-Group-ID", AttributePath.OfVendor(4711, 3).Member(4), Codecs.OctetsOf(4));
            }

            /// <summary>Values of Acme-Mode (26.4711.1).</summary>
            public enum AcmeMode : byte
            {
                /// <summary>802.1x-Mode.</summary>
                _8021xMode = 1,

                /// <summary>IP-or-MAC.</summary>
                IPOrMac = 2,
            }

            """));
    }

    [TestCase("ATTRIBUTE First-Name 1 string\nATTRIBUTE First_Name 2 string", "dictionary:2: Attribute First_Name would be called FirstName in C#, as First-Name is.")]
    [TestCase("ATTRIBUTE Dictionary 1 string", "dictionary:1: Attribute Dictionary would be called Dictionary in C#, as the class is.")]
    [TestCase("ATTRIBUTE A 1 integer array", "dictionary:1: Attribute A is of a type or a flag for which there is no typed key.")]
    [TestCase("ATTRIBUTE A 1 timeval", "dictionary:1: Attribute A is of a type or a flag for which there is no typed key.")]
    [TestCase("ATTRIBUTE A 1 string virtual", "dictionary:1: Attribute A is never in a packet, so there is no key for it.")]
    [TestCase("ATTRIBUTE A 256 string", "dictionary:1: Attribute A is never in a packet, so there is no key for it.")]
    [TestCase("ATTRIBUTE A 1 integer\nVALUE A On-Off 1\nVALUE A On_Off 2", "dictionary:1: Value On_Off of A would be called OnOff in C#, as On-Off is.")]
    public void Refuses_what_it_cannot_express(string text, string error)
    {
        DictionaryException exception = Assert.Throws<DictionaryException>(() => KeySource.Write(DictionaryLoads.Load(text), "dictionary", "Title"))!;

        Assert.That(exception.Message, Is.EqualTo(error));
    }

    [TestCase("dictionary.rfc2865", "Rfc2865")]
    [TestCase("/some/where/dictionary.mikrotik", "Mikrotik")]
    [TestCase("dictionary.microsoft", "MicrosoftVsa")]
    public void Names_the_class_for_the_file(string file, string name)
    {
        Assert.That(KeySource.ClassName(file), Is.EqualTo(name));
    }
}
