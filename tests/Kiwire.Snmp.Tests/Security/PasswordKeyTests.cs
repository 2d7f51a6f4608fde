using System.Text;
using Kiwire.Snmp.Security;

namespace Kiwire.Snmp.Tests.Security;

[Parallelizable(ParallelScope.All)]
public sealed class PasswordKeyTests
{
    // RFC 3414, A.3.1 and A.3.2: snmpEngineID 00 00 00 00 00 00 00 00 00 00 00 02.
    private static readonly byte[] Engine = Convert.FromHexString("000000000000000000000002");

    // MD5 and SHA-1: RFC 3414, A.3.1 and A.3.2. RFC 7860 has no such example; its hashes are those of Python's hashlib put through A.2.
    [TestCase(AuthenticationProtocol.Md5, "9faf3283884e92834ebc9847d8edd963", "526f5eed9fcce26f8964c2930787d82b")]
    [TestCase(AuthenticationProtocol.Sha1, "9fb5cc0381497b3793528939ff788d5d79145211", "6695febc9288e36282235fc7151f128497b38f3f")]
    [TestCase(
        AuthenticationProtocol.Sha224,
        "282a5867ee9aac639ad59df9572c7d3ac0fbc13a905b6df07dbbf00b",
        "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674")]
    [TestCase(
        AuthenticationProtocol.Sha256,
        "ab51014d1e077f6017df2b12bee5f5aa72993177e9bb569c4dff5a4ca0b4afac",
        "8982e0e549e866db361a6b625d84cccc11162d453ee8ce3a6445c2d6776f0f8b")]
    [TestCase(
        AuthenticationProtocol.Sha384,
        "e06eccdf2c68a06ed034723c9c26e0db3b669e1e2efed49150b55377a2e98f383c86fb836857444654b287c93f51ff64",
        "3b298f16164a11184279d5432bf169e2d2a48307de02b3d3f7e2b4f36eb6f0455a53689a3937eea07319a633d2ccba78")]
    [TestCase(
        AuthenticationProtocol.Sha512,
        "7e4396de5aadc77be853819b98c9406265b3a9c37cc3176569847a4e4f6fba63dd3a73d04924d31a63f95a601f9385af6be4ed1b37f87d040f7c6ed6f8d38a91",
        "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099ad1ea87a8db096714d9788bd544047c9021e4229ce27e4c0a69250adfcffbb0b")]
    public void Makes_a_key_of_maplesyrup_and_localises_it(AuthenticationProtocol protocol, string expectedKey, string expectedLocalised)
    {
        (string key, string localised) = Keys(protocol, "maplesyrup");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(key, Is.EqualTo(expectedKey));
            Assert.That(localised, Is.EqualTo(expectedLocalised));
        }
    }

    // RFC 3414, A.5.1 and A.5.2: keyChange is random, then hash(old key, random) xor new key; random is all zeros.
    [TestCase(AuthenticationProtocol.Md5, "8805615141676cc9196174e742a32551")]
    [TestCase(AuthenticationProtocol.Sha1, "9c1017f4fd483d2de8d5fadbf84392cb06457051")]
    public void Has_the_keys_of_RFC_3414_A_5_before_and_after_the_change_to_newsyrup(AuthenticationProtocol protocol, string delta)
    {
        byte[] oldKey = Convert.FromHexString(Keys(protocol, "maplesyrup").Localised);
        byte[] newKey = Convert.FromHexString(Keys(protocol, "newsyrup").Localised);

        byte[] mask = new byte[oldKey.Length];
        protocol.Hash([.. oldKey, .. new byte[oldKey.Length]], mask);

        Assert.That(Convert.ToHexStringLower([.. mask.Zip(newKey, static (a, b) => (byte)(a ^ b))]), Is.EqualTo(delta));
    }

    [Test]
    public void Repeats_a_password_of_any_length_to_exactly_a_mebioctet([Values(1, 2, 3, 64, 1000, 1_048_575, 1_048_576, 1_048_577)] int length)
    {
        byte[] password = [.. Enumerable.Range(0, length).Select(static i => (byte)(1 + (i % 251)))];
        byte[] expanded = [.. Enumerable.Range(0, 1_048_576).Select(i => password[i % length])];
        byte[] expected = new byte[32];
        AuthenticationProtocol.Sha256.Hash(expanded, expected);
        byte[] key = new byte[32];

        PasswordKey.Derive(AuthenticationProtocol.Sha256, password, key);

        Assert.That(key, Is.EqualTo(expected));
    }

    [Test]
    public void Refuses_an_empty_password()
    {
        Assert.That(static () => PasswordKey.Derive(AuthenticationProtocol.Md5, [], new byte[16]), Throws.ArgumentException);
    }

    // Computed with Python's hashlib from the rules of the two drafts.
    [TestCase(AuthenticationProtocol.Md5, false, "526f5eed9fcce26f8964c2930787d82bfa24a92467426c2f4b09192be10dfaec")]
    [TestCase(AuthenticationProtocol.Sha1, false, "6695febc9288e36282235fc7151f128497b38f3f505e07eb9af25568fa1f5dbe")]
    [TestCase(AuthenticationProtocol.Sha224, false, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be682075674e82d9bf0")]
    [TestCase(AuthenticationProtocol.Sha512, false, "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099")]
    [TestCase(AuthenticationProtocol.Md5, true, "526f5eed9fcce26f8964c2930787d82b79eff44a90650ee0a3a40abfac5acc12")]
    [TestCase(AuthenticationProtocol.Sha1, true, "6695febc9288e36282235fc7151f128497b38f3f9b8b6d78936ba6e7d19dfd9c")]
    [TestCase(AuthenticationProtocol.Sha224, true, "0bd8827c6e29f8065e08e09237f177e410f69b90e1782be68207567422c34be4")]
    [TestCase(AuthenticationProtocol.Sha512, true, "22a5a36cedfcc085807a128d7bc6c2382167ad6c0dbc5fdff856740f3d84c099")]
    public void Extends_a_key_to_192_and_256_bits(AuthenticationProtocol protocol, bool reeder, string expected)
    {
        byte[] localised = Convert.FromHexString(Keys(protocol, "maplesyrup").Localised);
        foreach (int length in (int[])[24, 32])
        {
            byte[] extended = new byte[length];
            if (reeder)
            {
                KeyExtension.Reeder(protocol, localised, Engine, extended);
            }
            else
            {
                KeyExtension.Blumenthal(protocol, localised, extended);
            }

            Assert.That(Convert.ToHexStringLower(extended), Is.EqualTo(expected[..(2 * length)]));
        }
    }

    private static (string Key, string Localised) Keys(AuthenticationProtocol protocol, string password)
    {
        byte[] key = new byte[protocol.HashLength];
        byte[] localised = new byte[protocol.HashLength];
        PasswordKey.Derive(protocol, Encoding.UTF8.GetBytes(password), key);
        PasswordKey.Localise(protocol, key, Engine, localised);
        return (Convert.ToHexStringLower(key), Convert.ToHexStringLower(localised));
    }
}
