package com.example.startfragment;

import android.app.Fragment;
import android.telephony.TelephonyManager;
import android.util.Log;

public class NeverUsed extends Fragment {
    @Override
    public void onResume() {
        super.onResume();
        Log.i("never", ((TelephonyManager) getActivity().getSystemService("phone")).getLine1Number());
    }
}
