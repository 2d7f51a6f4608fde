using System.Formats.Asn1;
using System.Net;
using Kiwire.Snmp.Ber;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp.Tests.Ber;

[Parallelizable(ParallelScope.All)]
public sealed class BerWriterTests
{
    [Test]
    public void Writes_object_identifiers_as_the_platform_does()
    {
        Random random = new(1);
        for (int i = 0; i < 1000; i++)
        {
            uint[] subIdentifiers = new uint[random.Next(2, 129)];
            for (int j = 2; j < subIdentifiers.Length; j++)
            {
                subIdentifiers[j] = (uint)(random.NextInt64(1L << 32) >> random.Next(32));
            }

            subIdentifiers[0] = (uint)random.Next(3);
            subIdentifiers[1] = subIdentifiers[0] == 2 ? (uint)random.NextInt64(1L << 32) : (uint)random.Next(40);
            ObjectId id = new(subIdentifiers);
            AsnWriter platform = new(AsnEncodingRules.DER);
            platform.WriteObjectIdentifier(id.ToString());

            BerWriter writer = BerWriter.Begin();
            writer.WriteObjectId(id);

            Assert.That(writer.Asn.EncodedValueEquals(platform), Is.True, id.ToString());
        }
    }

    [Test]
    public void What_is_written_reads_the_same()
    {
        VariableBinding[] bindings =
        [
            new(ObjectId.Parse("1.3.1"), SnmpValue.Integer32(int.MinValue)),
            new(ObjectId.Parse("1.3.2"), SnmpValue.OctetString([.. Enumerable.Range(0, 300).Select(static i => (byte)i)])),
            new(ObjectId.Parse("1.3.3"), SnmpValue.Null),
            new(ObjectId.Parse("1.3.4"), SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.4294967295"))),
            new(ObjectId.Parse("1.3.5"), SnmpValue.IpAddress(IPAddress.Parse("192.0.2.7"))),
            new(ObjectId.Parse("1.3.6"), SnmpValue.Counter32(uint.MaxValue)),
            new(ObjectId.Parse("1.3.7"), SnmpValue.Gauge32(uint.MaxValue)),
            new(ObjectId.Parse("1.3.8"), SnmpValue.TimeTicks(uint.MaxValue)),
            new(ObjectId.Parse("1.3.9"), SnmpValue.Opaque([1, 2, 3])),
            new(ObjectId.Parse("1.3.10"), SnmpValue.Counter64(ulong.MaxValue)),
            new(ObjectId.Parse("1.3.11"), SnmpValue.Exception(SnmpType.NoSuchObject)),
            new(ObjectId.Parse("1.3.12"), SnmpValue.Exception(SnmpType.NoSuchInstance)),
            new(ObjectId.Parse("1.3.13"), SnmpValue.Exception(SnmpType.EndOfMibView)),
            new(ObjectId.Parse("1.3.14"), SnmpValue.OctetString("")),
        ];
        BerWriter writer = BerWriter.Begin();
        new PduRequest { Type = PduType.SetRequest, Bindings = bindings }.WriteTo(writer, 4711);

        bool isPdu = PduView.TryParse(writer.Asn.Encode(), out PduView pdu, out string fault);
        bool areBindings = BindingReader.TryRead(pdu.Bindings, [], out VariableBinding[] read, out _);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isPdu && areBindings, Is.True, fault);
            Assert.That(pdu.Type, Is.EqualTo(PduType.SetRequest));
            Assert.That(pdu.RequestId, Is.EqualTo(4711));
            Assert.That(read, Is.EqualTo(bindings));
        }
    }
}
