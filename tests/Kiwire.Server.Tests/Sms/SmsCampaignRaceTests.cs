using Kiwire.Server.Sms;
using Kiwire.Server.Storage;
using static Kiwire.Server.Tests.Sms.SmsSamples;

namespace Kiwire.Server.Tests.Sms;

/// <summary>Two servers on one database feed one campaign.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SmsCampaignRaceTests
{
    [Test]
    public async Task Two_servers_send_to_each_number_once()
    {
        await using SmsRoom first = await SmsRoom.CreateAsync(StorageProvider.PostgreSql);
        await using SmsRoom second = await first.OpenSecondAsync();
        await first.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        first.Recipients.AddMany(300);
        SmsCampaign campaign = await SmsCampaignTests.MakeAsync(first, new() { Name = "News", Text = "The pool is open again" });
        await SmsCampaignTests.StartAsync(first, campaign);

        // One that loses a portion to the other leaves off, and looks again, as its loop does.
        await Task.WhenAll(FeedAsync(first), FeedAsync(second), FeedAsync(first), FeedAsync(second));

        await SmsCampaignTests.AssertAllOnceAsync(first, campaign, 300);

        async Task FeedAsync(SmsRoom room)
        {
            while (await SmsCampaignTests.FindAsync(room, campaign) is { State: SmsCampaignState.Running } current)
            {
                await room.Feeder().RunAsync(current, default);
            }
        }
    }

    [Test]
    public async Task Of_two_who_change_a_draft_at_the_same_time_nobodys_change_is_lost_unsaid([Values] StorageProvider provider)
    {
        await using SmsRoom room = await SmsRoom.CreateAsync(provider);
        await room.AddConnectorAsync(Twilio("https://127.0.0.1:1"));
        SmsCampaign campaign = await SmsCampaignTests.MakeAsync(room, new() { Name = "News", Text = "The pool is open again" });

        for (int i = 0; i < 200; i++)
        {
            SaveOutcome[] outcomes = await Task.WhenAll(ChangeAsync(new() { Name = $"Name {i}" }), ChangeAsync(new() { Text = $"Text {i}" }));
            SmsCampaign changed = await SmsCampaignTests.FindAsync(room, campaign);

            Assert.That((changed.Name == $"Name {i}", changed.Text == $"Text {i}"), Is.EqualTo((outcomes[0] is SaveOutcome.Saved, outcomes[1] is SaveOutcome.Saved)));
        }

        Task<SaveOutcome> ChangeAsync(SmsCampaignRequest request) => Task.Run(() => room.Campaigns.UpdateAsync(1, campaign.CampaignId, request, 0, default));
    }
}
