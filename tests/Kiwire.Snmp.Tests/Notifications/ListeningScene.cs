using System.Net;
using Kiwire.Radius.Tests.Client;
using Kiwire.Snmp.Messages;
using Kiwire.Snmp.Notifications;

namespace Kiwire.Snmp.Tests.Notifications;

/// <summary>A listener with room for two notifications, and a device that sends to it.</summary>
internal sealed class ListeningScene : IAsyncDisposable
{
    public const int Boots = 5;

    public static readonly byte[] OwnEngine = Convert.FromHexString("80001f8805aabbccddee");
    public static readonly byte[] RemoteEngine = Convert.FromHexString("80001f8880aabbccdd00");

    public static readonly UsmCredentials User = new()
    {
        User = "traps",
        AuthenticationProtocol = AuthenticationProtocol.Sha256,
        AuthenticationPassword = "authentication-1",
        PrivacyProtocol = PrivacyProtocol.Aes256Reeder,
        PrivacyPassword = "privacy-password-2",
    };

    public ListeningScene()
    {
        Listener = new SnmpNotificationListener(
            new SnmpListenerOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
                Communities = [new CommunityCredentials(SnmpVersion.V2c, "public")],
                Users = [User],
                Capacity = 2,
                EngineId = OwnEngine,
                EngineBoots = Boots,
            },
            Clock);
        Sender = new TrapSender(Listener.LocalEndPoint);
    }

    public ManualTimeProvider Clock { get; } = new();

    public SnmpNotificationListener Listener { get; }

    public TrapSender Sender { get; }

    /// <summary>The request-id of a message of SNMPv2c, the msgID of one of SNMPv3.</summary>
    public static int RequestIdOf(byte[] message) => MessageHeader.TryParse(message, out MessageHeader header) ? header.Id : -1;

    /// <summary>The next notification.</summary>
    public async Task<SnmpNotification> NextAsync(CancellationToken cancellationToken)
    {
        await foreach (SnmpNotification notification in Listener.ReadAllAsync(cancellationToken))
        {
            return notification;
        }

        throw new InvalidOperationException("The listener has ended.");
    }

    /// <summary>Waits until all that was sent has been looked at: an inform that came behind it is answered.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        Sender.Send(TrapSender.V2c(PduType.InformRequest, 4242));
        Assert.That(RequestIdOf(await Sender.ReceiveAsync(cancellationToken)), Is.EqualTo(4242));
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        Sender.Dispose();
    }
}
