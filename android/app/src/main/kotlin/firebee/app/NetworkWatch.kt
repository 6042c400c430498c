package firebee.app

import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.net.NetworkCapabilities
import firebee.NetworkKind
import firebee.logic.Door
import firebee.logic.Home
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Tells the core of the network: waits that were for another one end. */
class NetworkWatch(context: Context, private val home: Home, private val scope: CoroutineScope) :
    ConnectivityManager.NetworkCallback() {
    private val networks = context.getSystemService(ConnectivityManager::class.java)

    fun begin() = networks.registerDefaultNetworkCallback(this)

    override fun onCapabilitiesChanged(network: Network, able: NetworkCapabilities) {
        val free = able.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)
        tell(if (free) NetworkKind.UNMETERED else NetworkKind.METERED)
    }

    override fun onLost(network: Network) = tell(NetworkKind.NONE)

    private fun tell(kind: NetworkKind) {
        scope.launch { (home.door.value as? Door.Open)?.shell?.client?.sync()?.connectivityChanged(kind) }
    }
}
